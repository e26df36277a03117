package dev.cubit.scale.topology;

import java.nio.file.Path;

/**
 * What all that read the nodes of one file share.
 *
 * @param problems where they say what is wrong
 * @param variables that values may name
 * @param folder of the file, absolute; paths in it are relative to this
 */
record Reading(Problems problems, Variables variables, Path folder) {}
