// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// Chooses between serving and printing; the outermost catch is here and nowhere else.

#include "config_files.hpp"
#include "departments.hpp"
#include "mishaps.hpp"
#include "options.hpp"
#include "people.hpp"
#include "server.hpp"
#include "service.hpp"
#include "truth.hpp"

#include <cstdio>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::sandbox {
namespace {

constexpr int exit_usage = 64;
constexpr int exit_input_output = 74;

int print(std::string_view text) {
    const bool written =
        std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
    return written ? 0 : exit_input_output;
}

int complain(int exit_code, const std::string& message) {
    std::fprintf(stderr, "thidua-sandbox: %s\n", message.c_str());
    return exit_code;
}

int run_server(const Options& options) {
    const World world = make_world(options.seed, options.dossiers, options.mishaps);
    Service service{
        world,
        {.now = options.now,
         .client = {.id = options.client_id, .secret = options.client_secret},
         .partner = {.code = options.partner, .secret = options.partner_secret},
         .adapter = {.id = options.client_id, .secret = options.adapter_password},
         .lgsp = {.id = options.client_id, .secret = options.lgsp_secret},
         .opencps = {.id = options.client_id, .secret = options.opencps_password},
         .opencps_group = options.opencps_group,
         .fault_rate = options.fault_rate,
         .fault_seed = options.fault_seed}};
    serve(service, {.port = options.port, .port_file = options.port_file});
    return 0;
}

int run(const Options& options) {
    switch (options.mode) {
        case Mode::Help:
            return print(help_text());
        case Mode::PersonalData:
            return print(personal_data_text());
        case Mode::Departments:
            return print(departments_text());
        case Mode::PrintConfig: {
            const auto problem = write_config(options.config_directory);
            return problem ? complain(exit_input_output, *problem) : 0;
        }
        case Mode::Truth: {
            const World world = make_world(options.seed, options.dossiers, options.mishaps);
            return print(truth_text(
                world, {.from = options.from, .to = options.to, .known_at = options.known_at}
            ));
        }
        case Mode::Mishaps: {
            const World world = make_world(options.seed, options.dossiers, options.mishaps);
            return print(mishaps_text(world, options.known_at.value_or(options.now)));
        }
        case Mode::Serve:
            return run_server(options);
    }
    return 0;
}

}  // namespace
}  // namespace thidua::sandbox

int main(int argc, char** argv) {
    namespace sandbox = thidua::sandbox;
    try {
        const std::vector<std::string_view> arguments(argv + 1, argv + argc);
        const auto options = sandbox::parse_options(arguments);
        return options ? sandbox::run(*options)
                       : sandbox::complain(sandbox::exit_usage, options.error());
    } catch (const std::exception& error) {
        return sandbox::complain(sandbox::exit_input_output, error.what());
    }
}
