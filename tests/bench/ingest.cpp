// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/answers.hpp"
#include "tests/bench/commands.hpp"
#include "tests/bench/measurement.hpp"
#include "tests/bench/queue.hpp"
#include "tests/bench/store_facts.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <thread>

namespace thidua::bench {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t slices_in_queue = 4;
// A pull's instant is handed in, so every run writes the same store.
constexpr Instant first_pull{std::chrono::milliseconds{1'767'225'600'000}};  // 2026-01-01

/// A pull under way: what the daemon does with the slices that come.
class Pull {
  public:
    Pull(store::Store& store, std::string_view source) : store_(store) {
        run_.source = std::string(source);
    }

    /// A pull begins a day after the newest before it. Errors: Io.
    [[nodiscard]] Result<void> begin() {
        const auto progress = store_.progress(run_.source);
        if (!progress) {
            return std::unexpected(progress.error());
        }
        now_ = progress->data_through ? *progress->data_through + 24h : first_pull;
        run_.started_at = now_;
        return {};
    }

    [[nodiscard]] Result<void> publish(const Slice& slice) {
        const auto again = [](PaymentState, int, Instant) { return std::optional<Instant>{}; };
        const auto published = store_.publish(run_, {slice, now_, expect_, again});
        if (!published) {
            return std::unexpected(published.error());
        }
        changed_ += published->changed;
        return {};
    }

    [[nodiscard]] Result<void> end() { return store_.finish_pull(run_, {now_, std::nullopt}); }

    [[nodiscard]] std::int64_t changed() const { return changed_; }

  private:
    store::Store& store_;
    store::PullRun run_;
    Instant now_;
    Expect expect_;
    std::int64_t changed_ = 0;
};

/// How many records came, over all slices.
using Records = std::int64_t;

Result<Records> publish_on_one_thread(SliceReader& reader, Pull& pull) {
    Records records = 0;
    while (true) {
        auto slice = reader.next();
        if (!slice) {
            return std::unexpected(slice.error());
        }
        if (!*slice) {
            return records;
        }
        records += (*slice)->records;
        (*slice)->slice.print = (*slice)->print;
        if (auto published = pull.publish((*slice)->slice); !published) {
            return std::unexpected(published.error());
        }
    }
}

Result<Records> publish_on_two_threads(SliceReader& reader, Pull& pull) {
    Queue<PrintedSlice> queue(slices_in_queue);
    Result<void> decoded;
    std::jthread decoding([&] {
        while (true) {
            auto slice = reader.next();
            if (!slice) {
                decoded = std::unexpected(slice.error());
            }
            if (!slice || !*slice || !queue.put(**std::move(slice))) {
                queue.close();
                return;
            }
        }
    });
    Records records = 0;
    Result<void> published;
    while (published) {
        auto slice = queue.take();
        if (!slice) {
            break;
        }
        records += slice->records;
        slice->slice.print = slice->print;
        published = pull.publish(slice->slice);
    }
    queue.close();
    decoding.join();
    if (!decoded || !published) {
        return std::unexpected(decoded ? published.error() : decoded.error());
    }
    return records;
}

/// The references of a slice that its records call paid, as the Payment Platform would settle them.
Slice payments_of(const Slice& dossiers) {
    Slice slice;
    slice.key = "lookup";
    for (const DossierRecord& record : dossiers.dossiers) {
        for (const NamedPayment& payment : record.payments) {
            if (payment.gateway == Gateway::Dvcqg && payment.state == PaymentState::Succeeded) {
                slice.payments.push_back(
                    {payment.reference, PaymentState::Succeeded, payment.paid_at, 50'000}
                );
            }
        }
    }
    slice.declared_total = static_cast<std::int64_t>(slice.payments.size());
    return slice;
}

}  // namespace

Result<void> run_publish(const std::string& name, Threads threads, const Files& files) {
    auto reader = SliceReader::open(files.pages);
    auto store = store::Store::open(location_of(files.store), store::Access::ReadWrite);
    if (!reader || !store) {
        return std::unexpected(reader ? store.error() : reader.error());
    }
    Pull pull(*store, records_source);
    const std::int64_t written_before = written_bytes();
    Stopwatch watch;
    watch.start();
    const auto begun = pull.begin();
    auto records = !begun                    ? Result<Records>(std::unexpected(begun.error()))
                   : threads == Threads::One ? publish_on_one_thread(*reader, pull)
                                             : publish_on_two_threads(*reader, pull);
    const auto ended = records ? pull.end() : std::unexpected(records.error());
    watch.stop();
    if (!ended) {
        return ended;
    }
    Measurement(name)
        .add("records", *records)
        .add(watch)
        .add_file(files.store)
        .add("changed", pull.changed())
        .add("written_bytes", written_bytes() - written_before)
        .print();
    return {};
}

Result<void> run_repull(const Files& files) {
    auto reader = SliceReader::open(files.pages);
    auto store = store::Store::open(location_of(files.store), store::Access::ReadWrite);
    if (!reader || !store) {
        return std::unexpected(reader ? store.error() : reader.error());
    }
    const auto before = print_of_file(files.store);
    std::int64_t decoded = 0;
    std::int64_t bytes = 0;
    Stopwatch watch;
    watch.start();
    while (true) {
        const auto seen = reader->look();
        if (!seen) {
            return std::unexpected(seen.error());
        }
        if (!*seen) {
            break;
        }
        const auto known = store->has_print(records_source, (*seen)->key, (*seen)->print);
        if (!known) {
            return std::unexpected(known.error());
        }
        decoded += *known ? 0 : 1;
        bytes += (*seen)->bytes;
    }
    watch.stop();
    const auto after = print_of_file(files.store);
    if (!before || !after) {
        return std::unexpected(before ? after.error() : before.error());
    }
    Measurement("repull-print")
        .add(watch)
        .add("bytes", bytes)
        .add("slices_to_decode", decoded)
        .add("file_changed", std::int64_t{*before == *after ? 0 : 1})
        .print();
    return {};
}

Result<void> run_payments(const Files& files) {
    auto reader = SliceReader::open(files.pages);
    auto store = store::Store::open(location_of(files.store), store::Access::ReadWrite);
    if (!reader || !store) {
        return std::unexpected(reader ? store.error() : reader.error());
    }
    Pull pull(*store, payments_source);
    if (auto begun = pull.begin(); !begun) {
        return begun;
    }
    Stopwatch watch;
    std::int64_t records = 0;
    while (true) {
        const auto slice = reader->next();
        if (!slice) {
            return std::unexpected(slice.error());
        }
        if (!*slice) {
            break;
        }
        const Slice payments = payments_of((*slice)->slice);
        records += payments.declared_total;
        watch.start();
        if (auto published = pull.publish(payments); !published) {
            return published;
        }
        watch.stop();
    }
    if (auto ended = pull.end(); !ended) {
        return ended;
    }
    Measurement("payments").add("records", records).add(watch).add_file(files.store).print();
    return {};
}

}  // namespace thidua::bench
