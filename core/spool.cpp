// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The file is read by the process that wrote it only, so numbers stand in it as in memory. Blocks
// and their prints are kept in memory: what the disk gives back is compared with them.
#include "core/spool.hpp"

#include "core/hash.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>
#include <utility>

namespace thidua {
namespace {

constexpr std::size_t block_records = 128;

std::unexpected<Error> trouble(const std::filesystem::path& folder, const char* what, int code) {
    return fail(
        ErrorKind::Io,
        fmt::format(
            "a temporary file in {}: {}: {}{}",
            folder.string(),
            what,
            std::generic_category().message(code),
            code == EMFILE || code == ENFILE ? "; raise LimitNOFILE of the service"
                                             : "; make room there, or give another folder in TMPDIR"
        )
    );
}

class Writer {
  public:
    explicit Writer(std::string& bytes) : bytes_(bytes) {}

    template <class Number>
    requires std::is_arithmetic_v<Number> || std::is_enum_v<Number>
    void add(Number number) {
        bytes_.append(reinterpret_cast<const char*>(&number), sizeof number);
    }
    void add(const std::string& text) {
        add(static_cast<std::uint32_t>(text.size()));
        bytes_ += text;
    }
    void add(const std::optional<Instant>& time) {
        add(time.has_value());
        if (time) {
            add(time->time_since_epoch().count());
        }
    }
    void add(const NamedPayment& payment) {
        add(payment.reference);
        add(payment.gateway);
        add(payment.state);
        add(payment.paid_at);
    }
    template <class Value>
    void add(const std::vector<Value>& values) {
        add(static_cast<std::uint32_t>(values.size()));
        for (const Value& value : values) {
            add(value);
        }
    }

  private:
    std::string& bytes_;
};

/// Reads what a Writer wrote. Whatever lies behind the end reads as zeros, and is a failure.
class Reader {
  public:
    explicit Reader(std::string_view bytes) : bytes_(bytes) {}

    template <class Number>
    requires std::is_arithmetic_v<Number> || std::is_enum_v<Number>
    void take(Number& number) {
        const std::string_view part = next(sizeof number);
        if (part.size() == sizeof number) {
            std::memcpy(&number, part.data(), part.size());
        }
    }
    void take(std::string& text) {
        std::uint32_t size = 0;
        take(size);
        text = next(size);
    }
    void take(std::optional<Instant>& time) {
        bool is_there = false;
        take(is_there);
        if (is_there) {
            Instant::rep count = 0;
            take(count);
            time = Instant{Instant::duration{count}};
        }
    }
    void take(NamedPayment& payment) {
        take(payment.reference);
        take(payment.gateway);
        take(payment.state);
        take(payment.paid_at);
    }
    template <class Value>
    void take(std::vector<Value>& values) {
        std::uint32_t size = 0;
        take(size);
        for (std::uint32_t number = 0; number < size && is_good_; ++number) {
            take(values.emplace_back());
        }
    }
    [[nodiscard]] bool is_done() const { return is_good_ && bytes_.empty(); }

  private:
    std::string_view next(std::size_t size) {
        is_good_ = is_good_ && size <= bytes_.size();
        const std::string_view part = is_good_ ? bytes_.substr(0, size) : std::string_view{};
        bytes_.remove_prefix(part.size());
        return part;
    }

    std::string_view bytes_;
    bool is_good_ = true;
};

/// Calls `visit` with each member, in one order for both ways.
template <class Dossier, class Visit>
void visit_members(Dossier& dossier, Visit visit) {
    visit(dossier.code);
    visit(dossier.aliases);
    visit(dossier.procedure_code);
    visit(dossier.unit_code);
    visit(dossier.channel);
    visit(dossier.status);
    visit(dossier.applied_at);
    visit(dossier.accepted_at);
    visit(dossier.due_at);
    visit(dossier.finished_at);
    visit(dossier.updated_at);
    visit(dossier.fee_count);
    visit(dossier.fee_total);
    visit(dossier.paid_flag);
    visit(dossier.payments);
}

/// Writes or reads all bytes at an offset. Gives errno, or 0; a file that ends early is EIO.
template <class Call, class Bytes>
int transfer(Call call, int file, Bytes* bytes, std::size_t size, std::uint64_t offset) {
    while (size > 0) {
        const ssize_t done = call(file, bytes, size, static_cast<off_t>(offset));
        if (done < 0 && errno == EINTR) {
            continue;
        }
        if (done <= 0) {
            return done < 0 ? errno : EIO;
        }
        bytes += done;
        size -= static_cast<std::size_t>(done);
        offset += static_cast<std::uint64_t>(done);
    }
    return 0;
}

}  // namespace

DossierSpool::DossierSpool(std::filesystem::path folder, Descriptor file)
    : folder_(std::move(folder)), file_(std::move(file)) {}

Result<std::shared_ptr<DossierSpool>> DossierSpool::create(std::filesystem::path folder) {
    std::error_code code;
    if (folder.empty()) {
        folder = std::filesystem::temp_directory_path(code);
        if (code) {
            return trouble("$TMPDIR", "cannot be found", code.value());
        }
    }
    std::string name = (folder / "thidua-spool-XXXXXX").string();
    // O_TMPFILE is not for every file system.
    Descriptor file(::mkostemp(name.data(), O_CLOEXEC));
    if (file.number() < 0) {
        return trouble(folder, "cannot be made", errno);
    }
    ::unlink(name.c_str());
    return std::shared_ptr<DossierSpool>(new DossierSpool(std::move(folder), std::move(file)));
}

Result<void> DossierSpool::append(std::span<const DossierRecord> dossiers) {
    std::string bytes;
    std::vector<Block> fresh;
    for (std::size_t first = 0; first < dossiers.size(); first += block_records) {
        const auto part = dossiers.subspan(first, std::min(block_records, dossiers.size() - first));
        const std::size_t begin = bytes.size();
        Writer writer(bytes);
        for (const DossierRecord& dossier : part) {
            visit_members(dossier, [&](const auto& member) { writer.add(member); });
        }
        const std::string_view written = std::string_view(bytes).substr(begin);
        fresh.push_back(
            {size_ + first, part.size(), end_ + begin, written.size(), print_of(written)}
        );
    }
    if (const int code = transfer(::pwrite, file_.number(), bytes.data(), bytes.size(), end_);
        code != 0) {
        return trouble(folder_, "cannot be written", code);
    }
    blocks_.insert(blocks_.end(), fresh.begin(), fresh.end());
    end_ += bytes.size();
    size_ += dossiers.size();
    return {};
}

Result<std::vector<DossierRecord>> DossierSpool::read(const Block& block) const {
    std::string bytes(block.bytes, '\0');
    const int code = transfer(::pread, file_.number(), bytes.data(), bytes.size(), block.offset);
    if (code != 0) {
        return trouble(folder_, "cannot be read", code);
    }
    std::vector<DossierRecord> dossiers(block.count);
    Reader reader(bytes);
    const bool is_same = print_of(bytes) == block.print;
    for (std::size_t number = 0; is_same && number < block.count; ++number) {
        visit_members(dossiers[number], [&](auto& member) { reader.take(member); });
    }
    if (!is_same || !reader.is_done()) {
        return trouble(folder_, "is not as it was written", EIO);
    }
    return dossiers;
}

Result<void> DossierSpool::for_each(
    std::size_t chunk_size, const std::function<Result<void>(std::span<DossierRecord>)>& take
) const {
    check(chunk_size > 0, "DossierSpool::for_each: chunk_size > 0");
    std::vector<DossierRecord> chunk;
    const auto hand_on = [&] {
        auto taken = take(chunk);
        chunk.clear();
        return taken;
    };
    for (const Block& block : blocks_) {
        auto dossiers = read(block);
        if (!dossiers) {
            return std::unexpected(std::move(dossiers.error()));
        }
        for (DossierRecord& dossier : *dossiers) {
            chunk.push_back(std::move(dossier));
            if (chunk.size() < chunk_size) {
                continue;
            }
            if (auto taken = hand_on(); !taken) {
                return taken;
            }
        }
    }
    return chunk.empty() ? Result<void>{} : hand_on();
}

Result<DossierRecord> DossierSpool::at(std::size_t position) const {
    check(position < size_, "DossierSpool::at: a position below size()");
    const auto behind = std::ranges::upper_bound(blocks_, position, {}, &Block::first);
    const Block& block = *std::prev(behind);
    auto dossiers = read(block);
    if (!dossiers) {
        return std::unexpected(std::move(dossiers.error()));
    }
    return std::move((*dossiers)[position - block.first]);
}

}  // namespace thidua
