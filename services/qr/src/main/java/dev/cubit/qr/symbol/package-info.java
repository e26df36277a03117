/**
 * QR codes (ISO/IEC 18004): text in, modules out. It imports nothing but the JDK. Read {@link
 * SymbolEncoder} for what it does and {@link Symbol} for what comes out.
 */
@NullMarked
package dev.cubit.qr.symbol;

import org.jspecify.annotations.NullMarked;
