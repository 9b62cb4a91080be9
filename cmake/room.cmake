include(${CMAKE_CURRENT_LIST_DIR}/speed.cmake)

# thidua_room(NAME HEADERS ... SOURCES ... [LINKS ...] [PRIVATE_LINKS ...] [PRECOMPILE ...]
#             [ALONE ...])
#
# Room = folder = static library thidua_NAME = namespace thidua::NAME. Every header compiles alone:
# x.cpp includes x.hpp first (scripts/check_rooms.py sees to it), and the headers without such a
# source are what the target all_verify_interface_header_sets compiles, each by itself. PRECOMPILE
# and ALONE are those of thidua_speed_up.
function(thidua_room name)
    cmake_parse_arguments(ROOM "" "" "HEADERS;SOURCES;LINKS;PRIVATE_LINKS;PRECOMPILE;ALONE" ${ARGN})
    add_library(thidua_${name} STATIC ${ROOM_SOURCES})
    list(TRANSFORM ROOM_SOURCES REPLACE "[.]cpp$" ".hpp" OUTPUT_VARIABLE paired)
    set(lone ${ROOM_HEADERS})
    list(REMOVE_ITEM lone ${paired})
    set(together ${ROOM_HEADERS})
    list(REMOVE_ITEM together ${lone})
    target_sources(thidua_${name} PUBLIC
        FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR} FILES ${together}
        FILE_SET lone TYPE HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR} FILES ${lone})
    if(lone)
        set_target_properties(thidua_${name} PROPERTIES
            VERIFY_INTERFACE_HEADER_SETS ON INTERFACE_HEADER_SETS_TO_VERIFY lone)
    endif()
    target_link_libraries(thidua_${name}
        PUBLIC thidua_options ${ROOM_LINKS}
        PRIVATE ${ROOM_PRIVATE_LINKS})
    thidua_speed_up(thidua_${name} PRECOMPILE ${ROOM_PRECOMPILE} ALONE ${ROOM_ALONE})
endfunction()
