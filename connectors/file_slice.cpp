// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A file that people hand over, as a slice: its rows or records go the way of an API's records.
#include "connectors/desk.hpp"
#include "connectors/stock.hpp"
#include "connectors/tables/table_file.hpp"
#include "core/hash.hpp"
#include "core/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace thidua::connectors {
namespace {

/// Takes one record after another into a slice.
class RecordTaker {
  public:
    explicit RecordTaker(Desk& desk)
        : desk_(desk),
          pages_(std::get_if<PageReader>(&desk.reader)),
          payments_(std::get_if<PaymentReader>(&desk.reader)),
          record_(pages_ != nullptr ? Record(pages_->dossiers().places()) : Record(Element{})),
          stock_(desk) {}

    /// Errors: Contract where one wrong record fails the file; Io of the spool.
    [[nodiscard]] Result<void> take(const std::string& place, Element record);
    [[nodiscard]] Result<void> take_text(const std::string& place, std::string_view json);
    /// A record of which there is nothing to look at.
    [[nodiscard]] Result<void> take_wrong(std::string place, std::string reason);

    [[nodiscard]] Result<Slice> finish() &&;

  private:
    [[nodiscard]] Result<void> take_dossier(const std::string& place, Element element);

    Desk& desk_;
    const PageReader* pages_;
    const PaymentReader* payments_;
    simdjson::dom::parser parser_ = make_parser(4 * 1024);
    Record record_;
    Stock stock_;
    std::vector<DecodedDossier> batch_;
    std::size_t records_ = 0;
    Slice slice_;
};

Result<void> RecordTaker::take_text(const std::string& place, std::string_view json) {
    Element element;
    if (parser_.parse(json.data(), json.size()).get(element)) {
        return take_wrong(place, "not JSON");
    }
    return take(place, element);
}

Result<void> RecordTaker::take_wrong(std::string place, std::string reason) {
    ++records_;
    auto borne = pages_ != nullptr ? pages_->judge(place, reason) : Result<void>{};
    if (borne) {
        slice_.rejected.push_back({std::move(place), std::move(reason)});
    }
    return borne;
}

Result<void> RecordTaker::take(const std::string& place, Element record) {
    if (!record.is_object()) {
        return take_wrong(place, "not an object");
    }
    if (pages_ != nullptr) {
        return take_dossier(place, record);
    }
    auto payment = payments_->read(record);
    if (!payment) {
        return take_wrong(place, std::move(payment.error().message));
    }
    ++records_;
    slice_.payments.push_back(*std::move(payment));
    return {};
}

Result<void> RecordTaker::take_dossier(const std::string& place, Element element) {
    constexpr std::size_t batch_size = 1'000;
    record_.look_at(element);
    if (slice_.shape.empty()) {
        slice_.shape = shape_of(element);
    }
    ++records_;
    auto read = pages_->dossiers().read(record_, {}, batch_.emplace_back());
    std::string line;
    desk_.keeper.append_record(element, line);
    desk_.keeper.add(line);
    if (!read) {
        batch_.pop_back();
        return pages_->refuse(
            place, std::move(read.error()), element, desk_.keeper, slice_.rejected
        );
    }
    if (batch_.size() < batch_size) {
        return {};
    }
    return stock_.add(std::exchange(batch_, {}));
}

Result<Slice> RecordTaker::finish() && {
    if (records_ == 0) {
        return fail(ErrorKind::Contract, "no record in it");
    }
    slice_.declared_total = static_cast<std::int64_t>(records_);
    Result<void> done;
    if (pages_ != nullptr) {
        done = stock_.add(std::move(batch_));
        done = done ? stock_.move_into(slice_, records_) : done;
    } else {
        done = check_rejected(slice_.rejected, records_);
    }
    if (!done) {
        return std::unexpected(std::move(done.error()));
    }
    slice_.kept = desk_.keeper.take();
    return std::move(slice_);
}

Result<void> take_table(const TableFile& file, const FileDrop& description, RecordTaker& taker) {
    return read_table(
        file,
        description,
        {[&](const JsonRow& row) {
             return taker.take_text(fmt::format("row {}", row.number), row.json);
         },
         [&](std::int64_t number, const Error& error) {
             return taker.take_wrong(fmt::format("row {}", number), error.message);
         }}
    );
}

Result<void> take_lines(std::string_view bytes, RecordTaker& taker) {
    std::size_t line = 0;
    while (!bytes.empty()) {
        const std::size_t end = std::min(bytes.find('\n'), bytes.size());
        const std::string_view text = trim(bytes.substr(0, end));
        bytes.remove_prefix(std::min(end + 1, bytes.size()));
        ++line;
        if (text.empty()) {
            continue;
        }
        if (auto taken = taker.take_text(fmt::format("line {}", line), text); !taken) {
            return taken;
        }
    }
    return {};
}

Result<void> take_json(
    const SourceDescription& description, std::string_view bytes, RecordTaker& taker
) {
    const auto pointer = Pointer::parse(description.records);
    auto parser = make_parser(bytes.size());
    Element whole;
    if (!pointer || parser.parse(bytes.data(), bytes.size()).get(whole)) {
        return fail(ErrorKind::Contract, "not JSON");
    }
    const auto found = pointer->find(whole);
    simdjson::dom::array records;
    if (!found || found->get_array().get(records)) {
        return fail(ErrorKind::Contract, description.records + ": not an array of records");
    }
    std::size_t number = 0;
    for (const Element record : records) {
        const std::string place = fmt::format("{}/{}", description.records, number++);
        if (auto taken = taker.take(place, record); !taken) {
            return taken;
        }
    }
    return {};
}

Result<void> take_file(
    const SourceDescription& description,
    const std::string& name,
    std::string_view bytes,
    RecordTaker& taker
) {
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    const bool is_json = has_extension(name, ".json");
    const bool is_lines = has_extension(name, ".ndjson") || has_extension(name, ".jsonl");
    if (is_json || is_lines) {
        if (bytes.starts_with(mark)) {
            bytes.remove_prefix(mark.size());
        }
        return is_json ? take_json(description, bytes, taker) : take_lines(bytes, taker);
    }
    if (!is_table_name(name)) {
        return fail(ErrorKind::Contract, "neither .xlsx, .csv, .tsv, .txt, .json nor .ndjson");
    }
    return take_table({name, bytes}, description.file, taker);
}

}  // namespace

Result<Slice> read_file_slice(Desk& desk, const std::string& name, std::string_view bytes) {
    RecordTaker taker(desk);
    if (auto taken = take_file(desk.description, name, bytes, taker); !taken) {
        return std::unexpected(std::move(taken.error()));
    }
    auto slice = std::move(taker).finish();
    if (!slice) {
        return slice;
    }
    constexpr std::size_t shown = 16;
    slice->sha256 = sha256_hex(bytes);
    // By its content: the same file under another name is the same slice.
    slice->key = "file/" + slice->sha256.substr(0, shown);
    slice->bytes = static_cast<std::int64_t>(bytes.size());
    slice->print = std::max(print_of(bytes, desk.reading_print), std::uint64_t{1});
    return slice;
}

}  // namespace thidua::connectors
