# Headers that nearly every source begins with, compiled once a target: that takes a third off the
# time of the dev build. The release build goes without, and so proves that each source includes what
# it needs.
option(THIDUA_PRECOMPILE "precompile common headers; for builds that are made often" OFF)

set(thidua_common_headers
    <algorithm> <array> <charconv> <chrono> <cstdint> <filesystem> <functional> <iterator> <limits>
    <map> <memory> <optional> <set> <span> <string> <string_view> <unordered_map> <utility> <vector>
    <fmt/format.h>)

# thidua_precompile(TARGET [HEADER...]): the common headers and those named, if enough sources gain
# by it.
function(thidua_precompile target)
    get_target_property(sources ${target} SOURCES)
    list(FILTER sources INCLUDE REGEX "[.]cpp$")
    list(LENGTH sources count)
    if(THIDUA_PRECOMPILE AND count GREATER 4)
        target_precompile_headers(${target} PRIVATE ${thidua_common_headers} ${ARGN})
    endif()
endfunction()
