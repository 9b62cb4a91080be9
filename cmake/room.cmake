# thidua_room(NAME HEADERS ... SOURCES ... [LINKS ...] [PRIVATE_LINKS ...])
#
# Room = folder = static library thidua_NAME = namespace thidua::NAME. Headers go into a file set,
# so that the target all_verify_interface_header_sets compiles each of them alone.
function(thidua_room name)
    cmake_parse_arguments(ROOM "" "" "HEADERS;SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
    add_library(thidua_${name} STATIC ${ROOM_SOURCES})
    target_sources(thidua_${name} PUBLIC
        FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR} FILES ${ROOM_HEADERS})
    set_target_properties(thidua_${name} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)
    target_link_libraries(thidua_${name}
        PUBLIC thidua_options ${ROOM_LINKS}
        PRIVATE ${ROOM_PRIVATE_LINKS})
endfunction()
