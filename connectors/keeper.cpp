// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/keeper.hpp"

#include "connectors/request.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <array>
#include <utility>

namespace thidua::connectors {
namespace {

constexpr std::size_t piece = 64 * 1024;

/// zlib does not change what it reads, but says so nowhere.
Bytef* bytes_of(std::string_view text) {
    return const_cast<Bytef*>(reinterpret_cast<const Bytef*>(text.data()));  // NOLINT(*-cast)
}

}  // namespace

struct Keeper::Deflater {
    z_stream stream{};
    std::string deflated;
    std::vector<Bytef> room =
        std::vector<Bytef>(piece);  // once: run() is called for every page or row

    Deflater() {
        // The fastest level: the same keys come again in every line, so it is enough.
        check(deflateInit(&stream, Z_BEST_SPEED) == Z_OK, "memory for a deflater");
    }
    ~Deflater() { (void)deflateEnd(&stream); }
    Deflater(const Deflater&) = delete;
    Deflater& operator=(const Deflater&) = delete;

    void run(std::string_view text, int flush) {
        stream.next_in = bytes_of(text);
        stream.avail_in = static_cast<uInt>(text.size());
        do {
            stream.next_out = room.data();
            stream.avail_out = static_cast<uInt>(room.size());
            (void)deflate(&stream, flush);
            const std::size_t made = room.size() - stream.avail_out;
            deflated.append(reinterpret_cast<const char*>(room.data()), made);  // NOLINT(*-cast)
        } while (stream.avail_out == 0);
    }
};

Keeper::Keeper() = default;
Keeper::Keeper(Keeper&&) noexcept = default;
Keeper& Keeper::operator=(Keeper&&) noexcept = default;
Keeper::~Keeper() = default;

Result<Keeper> Keeper::make(const SourceDescription& description) {
    Keeper keeper;
    // Of look-ups no slice is a whole that could be read again, and the store keeps none.
    const bool is_look_up = description.slicing.type == Slicing::Type::Lookup;
    keeper.is_keeping_ = description.keep.has_value() && !is_look_up;
    auto record = keep_list_of_record(description);
    if (!record) {
        return std::unexpected(std::move(record.error()));
    }
    keeper.record_ = *std::move(record);
    for (const Join& join : description.joins) {
        auto row = keep_list_of_row(join);
        if (!row) {
            return failed("joins", std::move(row.error()));
        }
        keeper.rows_.push_back(*std::move(row));
    }
    return keeper;
}

void Keeper::append_record(Element record, std::string& lines) const {
    if (is_keeping_) {
        lines += R"({"record":)";
        record_.write(record, lines);
        lines += "}\n";
    }
}

void Keeper::append_row(std::size_t join, const std::string& only, Element row, std::string& lines)
    const {
    if (is_keeping_) {
        lines += fmt::format(R"({{"join":{},"of":"{}","row":)", join, json_escaped(only));
        rows_.at(join).write(row, lines);
        lines += "}\n";
    }
}

std::string Keeper::reduced(Element record) const {
    std::string text;
    if (is_keeping_) {
        record_.write(record, text);
    }
    return text;
}

void Keeper::add(std::string_view lines) {
    if (lines.empty()) {
        return;
    }
    if (!deflater_) {
        deflater_ = std::make_unique<Deflater>();
    }
    deflater_->run(lines, Z_NO_FLUSH);
}

void Keeper::forget() {
    deflater_.reset();
}

std::string Keeper::take() {
    if (!deflater_) {
        return {};
    }
    deflater_->run({}, Z_FINISH);
    return std::exchange(deflater_, nullptr)->deflated;
}

Result<void> for_each_kept_line(
    std::string_view kept, const std::function<Result<void>(std::string_view)>& take
) {
    z_stream stream{};
    check(inflateInit(&stream) == Z_OK, "memory for an inflater");
    const std::unique_ptr<z_stream, int (*)(z_stream*)> end(&stream, inflateEnd);
    stream.next_in = bytes_of(kept);
    stream.avail_in = static_cast<uInt>(kept.size());
    std::array<Bytef, piece> room{};
    std::string text;
    int state = Z_OK;
    while (state == Z_OK) {
        stream.next_out = room.data();
        stream.avail_out = room.size();
        state = inflate(&stream, Z_NO_FLUSH);
        const std::size_t made = room.size() - stream.avail_out;
        text.append(reinterpret_cast<const char*>(room.data()), made);  // NOLINT(*-cast)
        std::size_t begin = 0;
        for (std::size_t stop = text.find('\n'); stop != std::string::npos;
             stop = text.find('\n', begin)) {
            if (auto taken = take(std::string_view(text).substr(begin, stop - begin)); !taken) {
                return taken;
            }
            begin = stop + 1;
        }
        text.erase(0, begin);
    }
    if (state != Z_STREAM_END || !text.empty()) {
        return fail(ErrorKind::Io, "the kept records are damaged");
    }
    return {};
}

}  // namespace thidua::connectors
