package dev.cubit.diagnose.jvm;

/**
 * What a JVM says of itself. What looks like a secret is masked.
 *
 * @param feature the number of its release: 17, 21, 25
 * @param version in full
 * @param jvmWords its flags
 * @param javaWords main class or jar, and the program's own words
 * @param classPath entries as it was given them
 */
public record JvmFacts(
    int feature, String version, String jvmWords, String javaWords, String classPath) {}
