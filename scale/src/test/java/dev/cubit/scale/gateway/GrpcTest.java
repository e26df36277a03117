package dev.cubit.scale.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cubit.scale.gateway.tls.PemFolder;
import dev.cubit.scale.topology.Link;
import dev.cubit.scale.topology.Route;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.netty.pkitesting.X509Bundle;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** gRPC, spoken by its own Java library on both sides. */
@Timeout(60)
class GrpcTest {
  private static final Metadata.Key<String> OWN =
      Metadata.Key.of("x-own", Metadata.ASCII_STRING_MARSHALLER);

  private static final MethodDescriptor.Marshaller<String> TEXT =
      new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(String value) {
          return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String parse(InputStream stream) {
          try {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        }
      };

  private static final MethodDescriptor<String, String> ASK = method("ask", MethodType.UNARY);
  private static final MethodDescriptor<String, String> LIST =
      method("list", MethodType.SERVER_STREAMING);
  private static final MethodDescriptor<String, String> SUM =
      method("sum", MethodType.CLIENT_STREAMING);
  private static final MethodDescriptor<String, String> TALK =
      method("talk", MethodType.BIDI_STREAMING);

  private final Shop shop = Shop.closed();
  private final AtomicInteger cancelled = new AtomicInteger();
  private @Nullable Server server;
  private @Nullable ManagedChannel channel;
  @TempDir Path folder = Path.of(".");

  private static MethodDescriptor<String, String> method(String name, MethodType type) {
    return MethodDescriptor.<String, String>newBuilder(TEXT, TEXT)
        .setFullMethodName("cubit.Shop/" + name)
        .setType(type)
        .build();
  }

  @BeforeEach
  void serve() throws Exception {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(
                ServerServiceDefinition.builder("cubit.Shop")
                    .addMethod(ASK, ServerCalls.asyncUnaryCall(this::ask))
                    .addMethod(LIST, ServerCalls.asyncServerStreamingCall(this::list))
                    .addMethod(SUM, ServerCalls.asyncClientStreamingCall(this::sum))
                    .addMethod(TALK, ServerCalls.asyncBidiStreamingCall(this::talk))
                    .build())
            .build()
            .start();
  }

  @AfterEach
  void close() throws Exception {
    if (channel != null) {
      channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }
    shop.close();
    if (server != null) {
      server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }
  }

  // ---- the service

  private void ask(String text, StreamObserver<String> to) {
    if (text.equals("fail")) {
      Metadata trailers = new Metadata();
      trailers.put(OWN, "why");
      to.onError(Status.FAILED_PRECONDITION.withDescription("no tea, 100%").asException(trailers));
    } else if (!text.equals("never")) {
      to.onNext("you said " + text);
      to.onCompleted();
    }
  }

  private void list(String text, StreamObserver<String> to) {
    if (text.equals("endless")) {
      var call = (io.grpc.stub.ServerCallStreamObserver<String>) to;
      call.setOnCancelHandler(cancelled::incrementAndGet);
      call.onNext("one");
      return;
    }
    for (int i = 0; i < 1000; i++) {
      to.onNext(text + i + "x".repeat(i));
    }
    to.onCompleted();
  }

  private StreamObserver<String> sum(StreamObserver<String> to) {
    return new StreamObserver<>() {
      private int length;

      @Override
      public void onNext(String value) {
        length += value.length();
      }

      @Override
      public void onError(Throwable t) {}

      @Override
      public void onCompleted() {
        to.onNext("" + length);
        to.onCompleted();
      }
    };
  }

  private StreamObserver<String> talk(StreamObserver<String> to) {
    return new StreamObserver<>() {
      @Override
      public void onNext(String value) {
        to.onNext("echo " + value);
      }

      @Override
      public void onError(Throwable t) {
        cancelled.incrementAndGet();
      }

      @Override
      public void onCompleted() {
        to.onCompleted();
      }
    };
  }

  // ---- the client

  private ManagedChannel open(boolean withServer) throws Exception {
    shop.link(new Link(Link.Protocol.HTTP_2, Optional.empty()))
        .service("shop", Route.to("/cubit.Shop"))
        .open();
    if (withServer && server != null) {
      shop.gateway().admit(Shop.endpoint("shop", 1, server.getPort()));
    }
    ManagedChannel opened =
        NettyChannelBuilder.forAddress("127.0.0.1", shop.gateway().port()).usePlaintext().build();
    channel = opened;
    return opened;
  }

  private static CallOptions soon() {
    return CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS);
  }

  @Test
  void a_call_and_its_answer() throws Exception {
    ManagedChannel to = open(true);

    for (int i = 0; i < 200; i++) {
      assertThat(ClientCalls.blockingUnaryCall(to, ASK, soon(), "tea" + i))
          .isEqualTo("you said tea" + i);
    }
    assertThat(shop.counts().requests()).isEqualTo(200);
  }

  @Test
  void over_tls_as_well() throws Exception {
    X509Bundle bundle = PemFolder.localhost();
    shop.tls(new PemFolder(folder).write(bundle));
    shop.link(new Link(Link.Protocol.HTTP_2, Optional.empty()))
        .service("shop", Route.to("/cubit.Shop"))
        .open();
    shop.gateway().admit(Shop.endpoint("shop", 1, server == null ? 0 : server.getPort()));
    ManagedChannel opened =
        NettyChannelBuilder.forAddress("localhost", shop.gateway().port())
            .sslContext(GrpcSslContexts.forClient().trustManager(bundle.getCertificate()).build())
            .build();
    channel = opened;

    assertThat(ClientCalls.blockingUnaryCall(opened, ASK, soon(), "tea")).isEqualTo("you said tea");
  }

  @Test
  void a_stream_of_answers() throws Exception {
    ManagedChannel to = open(true);
    List<String> all = new ArrayList<>();

    ClientCalls.blockingServerStreamingCall(to, LIST, soon(), "a").forEachRemaining(all::add);

    assertThat(all).hasSize(1000);
    assertThat(all.get(999)).isEqualTo("a999" + "x".repeat(999));
  }

  @Test
  void a_stream_of_questions() throws Exception {
    ManagedChannel to = open(true);
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    StreamObserver<String> asking =
        ClientCalls.asyncClientStreamingCall(to.newCall(SUM, soon()), hearing(heard));
    for (int i = 0; i < 500; i++) {
      asking.onNext("x".repeat(1000));
    }
    asking.onCompleted();

    assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("500000");
    assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("(end)");
  }

  @Test
  void both_talk_in_turn() throws Exception {
    ManagedChannel to = open(true);
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    StreamObserver<String> asking =
        ClientCalls.asyncBidiStreamingCall(to.newCall(TALK, soon()), hearing(heard));
    for (int i = 0; i < 50; i++) {
      asking.onNext("" + i);
      assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("echo " + i);
    }
    asking.onCompleted();
    assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("(end)");
  }

  private static StreamObserver<String> hearing(BlockingQueue<String> heard) {
    return new StreamObserver<>() {
      @Override
      public void onNext(String value) {
        heard.add(value);
      }

      @Override
      public void onError(Throwable t) {
        heard.add(t.toString());
      }

      @Override
      public void onCompleted() {
        heard.add("(end)");
      }
    };
  }

  @Test
  void an_error_of_the_service_comes_as_it_is() throws Exception {
    ManagedChannel to = open(true);

    assertThatThrownBy(() -> ClientCalls.blockingUnaryCall(to, ASK, soon(), "fail"))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> {
              assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
              assertThat(e.getStatus().getDescription()).isEqualTo("no tea, 100%");
              assertThat(Objects.requireNonNull(e.getTrailers()).get(OWN)).isEqualTo("why");
            });
  }

  @Test
  void a_service_that_is_not_there_is_unavailable_and_named() throws Exception {
    ManagedChannel to = open(true);
    if (server != null) {
      server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }

    assertThatThrownBy(() -> ClientCalls.blockingUnaryCall(to, ASK, soon(), "tea"))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> {
              assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
              assertThat(e.getStatus().getDescription())
                  .isEqualTo("the service shop could not be asked");
            });
  }

  @Test
  void what_is_routed_nowhere_is_unimplemented() throws Exception {
    ManagedChannel to = open(true);
    MethodDescriptor<String, String> elsewhere =
        ASK.toBuilder().setFullMethodName("other.Service/ask").build();

    assertThatThrownBy(() -> ClientCalls.blockingUnaryCall(to, elsewhere, soon(), "tea"))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED));
  }

  @Test
  void a_call_that_is_cancelled_is_cancelled_at_the_service() throws Exception {
    ManagedChannel to = open(true);
    io.grpc.Context.CancellableContext context = io.grpc.Context.current().withCancellation();
    context.run(
        () -> {
          Iterator<String> answers =
              ClientCalls.blockingServerStreamingCall(to, LIST, soon(), "endless");
          assertThat(answers.next()).isEqualTo("one");
          context.cancel(null);
        });
    await().until(() -> cancelled.get() == 1);
    await().until(() -> shop.counts().inFlight() == 0);
  }

  @Test
  void a_deadline_is_kept() throws Exception {
    ManagedChannel to = open(true);
    CallOptions short_ = CallOptions.DEFAULT.withDeadlineAfter(200, TimeUnit.MILLISECONDS);

    assertThatThrownBy(() -> ClientCalls.blockingUnaryCall(to, ASK, short_, "never"))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED));
    await().until(() -> shop.counts().inFlight() == 0);
  }
}
