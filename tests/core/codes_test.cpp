// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "core/codes.hpp"

#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

namespace thidua {
namespace {

struct CodeCase {
    std::string name;
    std::string given;
    std::string canonical;

    friend void PrintTo(const CodeCase& row, std::ostream* out) { *out << row.name; }
};

class UnitCode : public testing::TestWithParam<CodeCase> {};

TEST_P(UnitCode, IsBroughtToItsNewForm) {
    EXPECT_EQ(canonical_unit_code(GetParam().given), GetParam().canonical);
}

INSTANTIATE_TEST_SUITE_P(
    Codes,
    UnitCode,
    testing::ValuesIn(std::vector<CodeCase>{
        {"Department", "000.00.10.H37", "H37.10"},
        {"UnitOfDepartment", "000.05.10.H37", "H37.10.05"},
        {"Province", "000.00.00.H37", "H37"},
        {"NewFormStays", "H37.10.05", "H37.10.05"},
        {"DeepNewFormStays", "H37.10.05.03", "H37.10.05.03"},
        {"DeepOldFormIsForAnAlias", "003.05.10.H37", "003.05.10.H37"},
        {"UnitWithoutDepartmentIsForAnAlias", "000.05.00.H37", "000.05.00.H37"},
        {"TrimmedAndUpperCase", "  000.05.10.h37 ", "H37.10.05"},
        {"MalformedStays", "H37.10.0503", "H37.10.0503"},
        {"Empty", "", ""},
    }),
    test::case_name<CodeCase>
);

class ProcedureCode : public testing::TestWithParam<CodeCase> {};

TEST_P(ProcedureCode, IsBroughtToItsShortForm) {
    EXPECT_EQ(canonical_procedure_code(GetParam().given), GetParam().canonical);
}

INSTANTIATE_TEST_SUITE_P(
    Codes,
    ProcedureCode,
    testing::ValuesIn(std::vector<CodeCase>{
        {"Plain", "1.000049", "1.000049"},
        {"WithProvince", "1.000049.H37", "1.000049"},
        {"WithUnit", " 1.000049.000.00.00.H37 ", "1.000049"},
        {"TooLongStays", "1.0000491", "1.0000491"},
        {"OtherTextStays", "TTHC-7", "TTHC-7"},
    }),
    test::case_name<CodeCase>
);

class DossierCode : public testing::TestWithParam<CodeCase> {};

TEST_P(DossierCode, HasItsIssuerInTheNewForm) {
    EXPECT_EQ(canonical_dossier_code(GetParam().given), GetParam().canonical);
}

INSTANTIATE_TEST_SUITE_P(
    Codes,
    DossierCode,
    testing::ValuesIn(std::vector<CodeCase>{
        {"OldForm", "000.00.10.H37-240617-0007", "H37.10-240617-0007"},
        {"NewForm", "H37.10-240617-0007", "H37.10-240617-0007"},
        {"LeadingZerosStay", "h37.10.05-240617-000007", "H37.10.05-240617-000007"},
        {"WithoutTheShape", "a-7", "A-7"},
        {"LowerAmongEight", "ABCDEFGz", "ABCDEFGZ"},
        {"LowerBehindEight", "ABCDEFGH.a", "ABCDEFGH.A"},
        {"LowerBeforeEight", "aBCDEFGH.IJKLMNOP", "ABCDEFGH.IJKLMNOP"},
        {"MarksBesideTheLettersStay", "`{|}~@[\\]^`{", "`{|}~@[\\]^`{"},
        {"LettersWithMarksStay", "\u0110\u1EA0I-\u00E1-A1234", "\u0110\u1EA0I-\u00E1-A1234"},
        {"SpacesAroundTheIssuer", " 000.00.10.h37 -240617-0007 ", "H37.10-240617-0007"},
        {"AnIssuerWeDoNotKnow", "ab c-240617-x", "AB C-240617-X"},
        {"IssuerOfAProvince", "000.00.00.H37-240617-7", "H37-240617-7"},
        {"DateOfAnotherLength", "000.00.10.H37-20240617-0007", "000.00.10.H37-20240617-0007"},
    }),
    test::case_name<CodeCase>
);

TEST(UnitCodeBelow, IsTheSameOrHasItsPartsInEitherForm) {
    for (const char* code :
         {"H37.10", "H37.10.05", "H37.10.05.01", "003.05.10.H37", "000.10.H37"}) {
        EXPECT_TRUE(is_unit_code_below(code, "H37.10")) << code;
    }
    for (const char* code : {"H37", "H37.1", "H37.100", "H37.11.10", "010.H37", "003.10.H38", ""}) {
        EXPECT_FALSE(is_unit_code_below(code, "H37.10")) << code;
    }
}

}  // namespace
}  // namespace thidua
