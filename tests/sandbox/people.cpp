// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

#include "people.hpp"

#include "instants.hpp"
#include "random.hpp"

#include <array>

namespace thidua::sandbox {
namespace {

// Given names that no unit, procedure or place of this world contains.
constexpr std::array<std::string_view, 8> surnames = {
    "Nông", "Vi", "Lăng", "Hoàng", "Lý", "Triệu", "Bế", "Đàm"};
constexpr std::array<std::string_view, 6> given_names = {
    "Quýnh Thoại Lam",
    "Khước Miên Vỹ",
    "Nhược Tầm Uyên",
    "Đoạt Sương Kỳ",
    "Trắc Ẩn Phương",
    "Huyễn Cầm Thư"};

std::string digits_from(std::uint64_t value, std::string_view prefix, std::size_t width) {
    std::uint64_t modulus = 1;
    for (std::size_t digit = 0; digit < width; ++digit) {
        modulus *= 10;
    }
    std::string out{prefix};
    append_padded(out, static_cast<std::int64_t>(value % modulus), width);
    return out;
}

Person make_person(std::size_t number) {
    const std::uint64_t hash = mix(0xB1F2ULL * (number + 1));
    const std::string suffix = digits_from(hash >> 7U, "", 5);
    return {
        .full_name = std::string{surnames.at(number % surnames.size())} + " " +
                     std::string{given_names.at(number / surnames.size())},
        .phone = digits_from(hash, "0998", 6),
        .identity_number = digits_from(mix(hash), "020199", 6),
        .email = "cong-dan-" + suffix + "@thu-nghiem.example",
        .address = "Số " + suffix + ", thôn Nà Khướt Mẫu, xã Thử Nghiệm"};
}

std::vector<Person> make_people() {
    std::vector<Person> all;
    for (std::size_t number = 0; number < surnames.size() * given_names.size(); ++number) {
        all.push_back(make_person(number));
    }
    return all;
}

}  // namespace

std::span<const Person> people() {
    static const std::vector<Person> all = make_people();
    return all;
}

const Person& person_of(std::uint64_t seed, std::uint64_t number, std::uint64_t role) {
    const std::uint64_t hash = stream_seed(seed, number * 4 + role, Salt::Person);
    return people()[hash % people().size()];
}

std::string personal_data_text() {
    std::string out{canary};
    out += '\n';
    for (const Person& person : people()) {
        for (const std::string* value :
             {&person.full_name,
              &person.phone,
              &person.identity_number,
              &person.email,
              &person.address}) {
            out += *value;
            out += '\n';
        }
    }
    return out;
}

}  // namespace thidua::sandbox
