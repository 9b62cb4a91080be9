// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Asks one source, as its description says, for one slice at a time.
#pragma once

#include "connectors/rate_limit.hpp"
#include "core/records.hpp"
#include "core/result.hpp"
#include "core/slice.hpp"
#include "core/source.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::connectors {

/// One request and its answer as a person may see them: secrets and codes are taken out, and the
/// answer is reduced to what the keep-list and the envelope need.
struct Exchange {
    std::string step;     ///< "page 3"
    std::string request;  ///< method, URL, headers and body, a line each
    int status = 0;
    std::int64_t bytes = 0;  ///< of the answer as it came
    std::string answer;      ///< JSON
};

/// An answer that was recorded earlier, or made up by somebody who tries a description.
struct Recorded {
    int status = 200;
    std::string body;
};

/// What a connector may not decide for itself: the time, and how waiting is done.
struct Environment {
    std::function<Instant()> now;
    /// Waits between attempts; under a virtual clock it returns at once.
    std::function<void(std::chrono::milliseconds)> wait;
    std::stop_token stop;
    /// Dossiers of one slice that are held in memory (about 0.5 KiB each); more are spooled.
    std::size_t dossiers_in_memory = 50'000;
    std::filesystem::path spool_folder{};  ///< empty: the system's for temporary files
    /// Shared by all sources, since several may ask one host; empty: the source has its own.
    std::shared_ptr<RateLimiter> rate_limiter{};
    /// Gives the answers in place of the source, by the name of the step ("page 1"); nobody is
    /// asked, and nothing has to be proved. Empty: the source is asked.
    std::function<std::optional<Recorded>(const std::string& step)> recorded{};
    /// Shown every exchange, for `pull --dry-run` and `--record`; empty: nobody looks.
    std::function<void(const Exchange&)> on_exchange{};
};

/// A closed range of business days, both inclusive.
struct Window {
    Day first;
    Day last;
    friend bool operator==(const Window&, const Window&) = default;
};

/// One source's connector. Used by one thread; keeps its connection and its token.
class Connector {
  public:
    /// Errors: Config if the description cannot be carried out.
    [[nodiscard]] static Result<Connector> create(
        SourceDescription description, Environment environment
    );
    Connector(Connector&&) noexcept;
    Connector& operator=(Connector&&) noexcept;
    ~Connector();

    /// Gathers the records of `window` (a whole month for monthly sources, everything for
    /// catalogues, whatever the window), or nothing: a failed,
    /// cut off or inconsistent answer is an error, never a smaller slice.
    [[nodiscard]] Result<Slice> gather(const Window& window);

    /// Asks for each reference or code. One that the source does not know yet comes back `Unknown`,
    /// or as asked and not known.
    [[nodiscard]] Result<Slice> look_up(std::span<const std::string> references);

    /// Reads once more what was kept of a slice (Slice::kept), by the mapping of today. Nothing is
    /// asked. `window` is that of the slice; records outside of it are left out again.
    [[nodiscard]] Result<Slice> reread(const std::string& kept, const Window& window);

    /// Reads a file that people handed over, for sources of files (core/table_file.hpp). The
    /// slice's key is the content's, so the same file under another name is the same slice.
    [[nodiscard]] Result<Slice> read_file(const std::string& name, std::string_view bytes);

    /// The earliest end of a certificate that the source showed last; nothing without TLS.
    [[nodiscard]] std::optional<Instant> certificate_end() const;

  private:
    struct State;
    explicit Connector(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace thidua::connectors
