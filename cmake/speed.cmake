# What makes the builds that are made often (dev, tsan) four times as fast. The release build goes
# without, and so proves that each source includes what it needs.
option(THIDUA_PRECOMPILE "precompile common headers" OFF)
# Eight sources of a target are compiled as one. Names in their anonymous namespaces must then be
# unique within the target; the compiler tells when they are not.
option(THIDUA_UNITY "compile the sources of a target together" OFF)

set(thidua_common_headers
    <algorithm> <array> <charconv> <chrono> <cstdint> <filesystem> <functional> <iterator> <limits>
    <map> <memory> <optional> <set> <span> <string> <string_view> <unordered_map> <utility> <vector>
    <fmt/format.h>)

# thidua_speed_up(TARGET [PRECOMPILE HEADER...] [ALONE SOURCE...]): PRECOMPILE names headers that
# nearly all of its sources begin with, beside the common ones; ALONE those sources that cannot be
# compiled with others.
function(thidua_speed_up target)
    cmake_parse_arguments(SPEED "" "" "PRECOMPILE;ALONE" ${ARGN})
    get_target_property(sources ${target} SOURCES)
    list(FILTER sources INCLUDE REGEX "[.]cpp$")
    list(LENGTH sources count)
    if(THIDUA_PRECOMPILE AND count GREATER 4)
        target_precompile_headers(${target} PRIVATE ${thidua_common_headers} ${SPEED_PRECOMPILE})
    endif()
    if(THIDUA_UNITY AND count GREATER 12)
        set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
    endif()
    set_source_files_properties(${SPEED_ALONE} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()
