package dev.cubit.zoo;

import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;

/**
 * Makes classes out of the formulas of spreadsheets, each a {@link DoubleBinaryOperator} of a
 * cell's number and an input. A cell is a method.
 */
final class Sheets {
  private static final MethodTypeDesc CELL = MethodTypeDesc.of(CD_double, CD_double);
  private static final MethodTypeDesc FIND = MethodTypeDesc.of(CD_double, CD_double, CD_double);

  private Sheets() {}

  /** A class with so many cells of so many terms. */
  static byte[] make(String name, int cells, int terms, Random random) {
    var self = ClassDesc.of(name);
    return ClassFile.of()
        .build(
            self,
            type -> {
              type.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL);
              type.withInterfaceSymbols(ClassDesc.of(DoubleBinaryOperator.class.getName()));
              addConstructor(type);
              for (int i = 0; i < cells; i++) {
                type.withMethodBody(
                    "cell" + i, CELL, ClassFile.ACC_STATIC, code -> writeCell(code, terms, random));
              }
              type.withMethodBody(
                  "applyAsDouble",
                  FIND,
                  ClassFile.ACC_PUBLIC,
                  code -> writeChoice(code, self, cells));
            });
  }

  private static void addConstructor(ClassBuilder type) {
    type.withMethodBody(
        ConstantDescs.INIT_NAME,
        MethodTypeDesc.of(CD_void),
        ClassFile.ACC_PUBLIC,
        code ->
            code.aload(0)
                .invokespecial(
                    ConstantDescs.CD_Object, ConstantDescs.INIT_NAME, MethodTypeDesc.of(CD_void))
                .return_());
  }

  /**
   * {@code sum = x; if (sum > a) sum = sum * b + c; sum += d; ...}: little to run and, with a join
   * behind each branch, much to compile.
   */
  private static void writeCell(CodeBuilder code, int terms, Random random) {
    int sum = 2;
    code.dload(0).dstore(sum);
    for (int i = 0; i < terms; i++) {
      var next = code.newLabel();
      code.dload(sum).loadConstant(random.nextDouble() * 1000).dcmpl().ifle(next);
      code.dload(sum).loadConstant(random.nextDouble()).dmul();
      code.loadConstant(random.nextDouble() * 10).dadd().dstore(sum);
      code.labelBinding(next).dload(sum).loadConstant(random.nextDouble()).dadd().dstore(sum);
    }
    code.dload(sum).dreturn();
  }

  private static void writeChoice(CodeBuilder code, ClassDesc self, int cells) {
    List<SwitchCase> cases = new ArrayList<>();
    for (int i = 0; i < cells; i++) {
      cases.add(SwitchCase.of(i, code.newLabel()));
    }
    var other = code.newLabel();
    code.dload(1).d2i().tableswitch(0, cells - 1, other, cases);
    for (var choice : cases) {
      code.labelBinding(choice.target()).dload(3);
      code.invokestatic(self, "cell" + choice.caseValue(), CELL).dreturn();
    }
    code.labelBinding(other).dconst_0().dreturn();
  }
}
