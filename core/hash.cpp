// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "core/hash.hpp"

#include "core/result.hpp"

#include <openssl/evp.h>
#include <xxhash.h>

#include <array>
#include <cstdint>

namespace thidua {
namespace {

constexpr std::size_t digest_bytes = 32;
using Digest = std::array<unsigned char, digest_bytes>;

Digest sha256(std::string_view bytes) {
    Digest digest{};
    unsigned int length = 0;
    const int done =
        EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, EVP_sha256(), nullptr);
    check(done == 1 && length == digest_bytes, "OpenSSL has SHA-256");
    return digest;
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(2 * digest_bytes);
    for (const unsigned char byte : sha256(bytes)) {
        text += digits[byte >> 4U];
        text += digits[byte & 0x0FU];
    }
    return text;
}

std::string short_id(std::string_view bytes, std::size_t length) {
    constexpr std::string_view letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    check(length <= digest_bytes, "short_id: length <= 32");
    const Digest digest = sha256(bytes);
    std::string text;
    for (std::size_t at = 0; at < length; ++at) {
        text += letters[digest[at] & 0x1FU];
    }
    return text;
}

std::uint64_t print_of(std::string_view bytes, std::uint64_t seed) {
    return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
}

}  // namespace thidua
