/**
 * The service that Cubit measures when it is given no other: text in, QR code out. Read {@link Qr}
 * for how it starts and stops, {@link QrHandler} for what it answers, and {@link Encoder} and
 * {@link Drawing} for the two steps in which it spends its time.
 */
@NullMarked
package dev.cubit.qr;

import org.jspecify.annotations.NullMarked;
