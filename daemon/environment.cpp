// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/environment.hpp"

#include "core/file.hpp"
#include "daemon/first_configuration.hpp"
#include "reports/pdf/fonts.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>

namespace thidua::daemon {
namespace {

using config::EffectiveValue;
using config::Problem;
using Kind = config::keys::Type::Kind;

Problem problem_at(const EffectiveValue& value, std::string message) {
    return {value.file, value.line, value.column, value.key, std::move(message)};
}

std::string words_of_errno() {
    return std::generic_category().message(errno);
}

/// What is wrong with a folder into which the program writes; empty: nothing. Its parents are made
/// by the program.
std::string objection_to_folder(std::filesystem::path folder) {
    std::error_code error;
    while (!std::filesystem::exists(folder, error) && folder.has_relative_path()) {
        folder = folder.parent_path();
    }
    if (!std::filesystem::is_directory(folder, error)) {
        return fmt::format("{} is no folder", folder.string());
    }
    return ::access(folder.c_str(), W_OK | X_OK) == 0
               ? ""
               : fmt::format("{}: {}", folder.string(), words_of_errno());
}

class Looker {
  public:
    void look_at(const EffectiveValue& value) {
        for (const EffectiveValue& each : value.below) {
            look_at(each);
        }
        if (value.kind == EffectiveValue::Kind::Scalar && !value.file.empty()) {
            look_at_scalar(value);
        }
    }

    [[nodiscard]] std::vector<Problem> take() && { return std::move(found_); }

  private:
    void look_at_scalar(const EffectiveValue& value) {
        switch (value.type) {
            case Kind::SecretFile:
                if (const auto secret = read_secret(value.text); !secret) {
                    add(value, "the service must be able to read it: " + secret.error().message);
                }
                break;
            case Kind::Path:
                look_at_path(value);
                break;
            case Kind::WrittenPath:
                if (const auto objection =
                        objection_to_folder(std::filesystem::path(value.text).parent_path());
                    !objection.empty()) {
                    add(value, "cannot be written: " + objection);
                }
                break;
            default:
                look_at_letters(value);
                break;
        }
    }

    void look_at_path(const EffectiveValue& value) {
        std::error_code error;
        if (value.key == "state_directory") {
            if (const auto objection = objection_to_folder(value.text); !objection.empty()) {
                add(value, "cannot be written: " + objection);
            }
        } else if (!std::filesystem::exists(value.text, error)) {
            add(value, fmt::format("there is no {}", value.text));
        } else if (::access(value.text.c_str(), R_OK) != 0) {
            add(value, fmt::format("{}: {}", value.text, words_of_errno()));
        }
    }

    void look_at_letters(const EffectiveValue& value) {
        constexpr std::string_view box = "□";
        if (!reports::pdf::load_fonts() || value.text.contains(box)) {
            return;  // `validate` says what is missing of the fonts themselves
        }
        if (value.type == Kind::Text && reports::pdf::printable(value.text).contains(box)) {
            add(value, "has a letter that no font of the PDF files has: it is printed as □");
        }
    }

    void add(const EffectiveValue& value, std::string message) {
        found_.push_back(problem_at(value, std::move(message)));
    }

    std::vector<Problem> found_;
};

void add_placeholders(const EffectiveValue& value, std::vector<Problem>& found) {
    for (const EffectiveValue& each : value.below) {
        add_placeholders(each, found);
    }
    if (value.kind == EffectiveValue::Kind::Scalar && value.text == placeholder) {
        found.push_back(
            problem_at(value, fmt::format("still says {}: ask the system's owner", placeholder))
        );
    }
}

}  // namespace

std::vector<Problem> look_for_placeholders(const EffectiveValue& effective) {
    std::vector<Problem> found;
    add_placeholders(effective, found);
    return found;
}

std::vector<Problem> look_at_environment(const EffectiveValue& effective) {
    Looker looker;
    looker.look_at(effective);
    return std::move(looker).take();
}

}  // namespace thidua::daemon
