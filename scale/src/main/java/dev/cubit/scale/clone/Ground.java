package dev.cubit.scale.clone;

/** What all clones of a fleet stand on. */
record Ground(
    UpFolder folder,
    Traffic traffic,
    Events<FleetEvent> events,
    Ports ports,
    StartTurns starts,
    Probe probe,
    Logs logs,
    Patience patience) {}
