package dev.cubit.diagnose.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.diagnose.heap.Allocating;
import dev.cubit.diagnose.heap.AllocationNode;
import dev.cubit.diagnose.heap.AllocationSite;
import dev.cubit.diagnose.heap.ByType;
import dev.cubit.diagnose.heap.Suspect;
import dev.cubit.diagnose.recording.Frame;
import dev.cubit.diagnose.recording.Party;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Survivors are sampled without stacks: allocations say where they come from, or nobody does. */
class BirthplaceTest {
  private final List<ByType> types = new ArrayList<>();
  private final List<AllocationSite> sites = new ArrayList<>();

  private BirthplaceTest allocated(String type, double bytes, String... places) {
    types.add(new ByType(type, bytes, 0));
    for (String place : places) {
      Frame frame = Case.frame(place);
      List<ByType> there = List.of(new ByType(type, bytes / places.length, 0));
      sites.add(new AllocationSite(frame, Party.APPLICATION, 0, 0, there, List.of(frame, frame)));
    }
    return this;
  }

  private Birthplace of(List<Frame> stack, String... survivors) {
    Suspect suspect =
        new Suspect(
            List.of(survivors),
            stack.isEmpty()
                ? new Frame("", "no stack recorded", 0, Frame.Kind.NATIVE)
                : stack.getFirst(),
            Party.APPLICATION,
            "",
            40,
            1,
            5,
            Suspect.Pattern.THROUGHOUT,
            Collections.nCopies(20, 2),
            OptionalDouble.empty(),
            stack,
            List.of(),
            "");
    return Birthplace.of(
        suspect,
        new Allocating(
            100,
            1e9,
            1e8,
            List.of(),
            types,
            sites,
            new AllocationNode("", Optional.empty(), 0, List.of())));
  }

  @Test
  void a_class_allocated_at_one_place_comes_from_there() {
    Birthplace birthplace =
        allocated("byte[]", 900, "shop.Page.render", "shop.Cart.json")
            .allocated("shop.Guest", 100, "shop.Guests.sign")
            .of(List.of(), "byte[]", "shop.Guest");

    assertThat(birthplace.words()).isEqualTo(", among it shop.Guest, allocated in Guests.sign");
    assertThat(birthplace.stack()).hasSize(2);
  }

  @Test
  void of_a_class_allocated_at_several_no_place_is_named() {
    Birthplace birthplace =
        allocated("byte[]", 900, "shop.Page.render", "shop.Cart.json").of(List.of(), "byte[]");

    assertThat(birthplace.words()).isEqualTo(", mostly byte[]");
    assertThat(birthplace.stack()).isEmpty();
  }

  @Test
  void of_a_class_never_seen_allocated_no_place_is_named() {
    assertThat(of(List.of(), "shop.Guest").words()).isEqualTo(", mostly shop.Guest");
  }

  @Test
  void where_survivors_have_stacks_these_are_believed() {
    Birthplace birthplace =
        allocated("shop.Guest", 100, "shop.Guests.sign")
            .of(List.of(Case.frame("shop.Import.read")), "shop.Guest");

    assertThat(birthplace.words()).endsWith("allocated in Import.read");
    assertThat(birthplace.title()).contains("40 sampled survivors");
  }
}
