/**
 * The service that Cubit measures when it is given no other: text in, QR code out. Read {@link Qr}
 * for how it starts, {@link QrHandler} for where a request goes, {@link PictureHandler} for what a
 * picture costs, and {@link Option} for what can be asked for. {@code symbol} and {@code image} do
 * the work.
 */
@NullMarked
package dev.cubit.qr;

import org.jspecify.annotations.NullMarked;
