package dev.cubit.scale.clone;

/**
 * Which clone of a service: processes come and go, it stays.
 *
 * @param partition empty where there are none
 * @param number from 1
 */
record Seat(String version, String partition, int number) {}
