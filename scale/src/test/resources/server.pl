# A service as small as one can be: perl is on every Debian, and starts in some milliseconds.
# Words: never | crash | stubborn | gentle | parent | flood | elsewhere
use strict;
use warnings;
use Socket;
use IO::Socket::INET;

my %is = map { $_ => 1 } @ARGV;
$| = 1;
print STDERR "on port $ENV{PORT}\n";

sub broken { my $file = $ENV{BROKEN}; return defined $file && -e $file; }

if ($is{crash} || broken()) { print "out of luck\n"; exit 3; }
if ($is{never}) { print "thinking\n"; sleep 1000; }
if ($is{parent}) {
    my $child = fork();
    if (!$child) { $0 = "left"; setpgrp(0, 0); close STDOUT; close STDERR; sleep 1000; exit 0; }
    print "child $child\n";
}
if ($is{flood}) { for (1 .. 200) { print "x" x 100_000; } print "\nend of flood\n"; }
$SIG{TERM} = 'IGNORE' if $is{stubborn};
my $leaving = 0;
$SIG{TERM} = sub { $leaving = 1; } if $is{gentle};
$SIG{PIPE} = 'IGNORE';

my $server = IO::Socket::INET->new(
    LocalAddr => '127.0.0.1',
    LocalPort => $is{elsewhere} ? 0 : $ENV{PORT},
    Listen    => 100,
    ReuseAddr => 1,
    ReusePort => $ENV{REUSE_PORT} ? 1 : 0,
) or die "cannot listen: $!";
print "listening\n";

my @eaten;
my $much = 60_000_000; # a constant would be made when this is compiled
my $sick = 0;
while (!$leaving) {
    my $client = $server->accept() or next;
    my $head = '';
    while ($head !~ /\r\n\r\n/) {
        my $n = sysread($client, $head, 4096, length $head);
        last if !$n;
    }
    my ($path) = $head =~ m{^\S+ (\S+)};
    next if !defined $path;
    my ($status, $body) = ('200 OK', "$$ " . ($ENV{NAME} // '') . " " . ($ENV{PLACE} // ''));
    if ($path eq '/slow')      { select undef, undef, undef, 1; }
    elsif ($path eq '/hang')   { sleep 1000; }
    elsif ($path eq '/eat')    { push @eaten, "x" x $much; }
    elsif ($path eq '/sick')   { $sick = 1; }
    elsif ($path eq '/well')   { $sick = 0; }
    elsif ($path eq '/health') { $status = '503 Sick' if $sick; }
    print $client "HTTP/1.1 $status\r\ncontent-type: text/plain; charset=utf-8\r\nconnection: close\r\ncontent-length: "
        . length($body) . "\r\n\r\n$body";
    close $client;
}
print "goodbye\n";
