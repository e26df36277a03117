# Prints the symbols of micro.txt, by Debian's zint. The tests do not need it.
import random
import subprocess

MOST = {
    (1, "L"): (5, 0, 0, 0),
    (2, "L"): (10, 6, 0, 0),
    (2, "M"): (8, 5, 0, 0),
    (3, "L"): (23, 14, 9, 6),
    (3, "M"): (18, 11, 7, 4),
    (4, "L"): (35, 21, 15, 9),
    (4, "M"): (30, 18, 13, 8),
    (4, "Q"): (21, 13, 9, 5),
}
# No character that another mode than the one named could take, as zint finds segments itself.
MODES = {
    "numeric": "0123456789",
    "alphanumeric": "ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:",
    "byte": "abcdefghijklmnopqrstuvwxyz!?#&'()_~",
    "kanji": "点茗荷漢字東京日本語花火山川",
}


def modules(text, version, level, mask):
    options = ["--mask=%d" % mask] if mask is not None else []
    if version > 1:
        options.append("--secure=%d" % (1 + "LMQ".index(level)))
    lines = subprocess.run(
        ["zint", "-b", "MICROQR", "--vers=%d" % version, "--dump", "-d", text, *options],
        capture_output=True, text=True, check=True).stdout.split("\n")
    rows = (bin(int("1" + line.replace(" ", ""), 16))[3:] for line in lines if line)
    return "".join(row[:9 + 2 * version] for row in rows)


random.seed(18004)
for (version, level), mosts in MOST.items():
    for (mode, characters), most in zip(MODES.items(), mosts):
        for length in sorted({1, most, most - 1, (most + 1) // 2} - {0}) if most else ():
            for mask in (0, 1, 2, 3, None):
                text = "".join(random.choice(characters) for _ in range(length))
                print(version, level, mode, "-" if mask is None else mask, text.encode().hex(),
                      "%x" % int("1" + modules(text, version, level, mask), 2))
