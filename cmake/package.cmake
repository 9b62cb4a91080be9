# What is installed, and the Debian package of it: scripts/package. Pages, completion and changelog
# are made from what says the same elsewhere, by the program that was built.
# Debian's own interpreter: it is among what building needs.
find_program(THIDUA_PACKAGE_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH REQUIRED)
set(thidua_made ${PROJECT_BINARY_DIR}/package)
set(thidua_maintainer "thidua developers <thidua@example.vn>")
set(thidua_from ${PROJECT_SOURCE_DIR}/package)
file(MAKE_DIRECTORY ${thidua_made})

# thidua_make(NAME COMMAND... DEPENDS...): a file that a command prints, packed where NAME ends in .gz.
function(thidua_make name)
    cmake_parse_arguments(MAKE "" "" "COMMAND;DEPENDS" ${ARGN})
    string(REGEX REPLACE "[.]gz$" "" plain ${name})
    set(pack "")
    if(NOT plain STREQUAL name)
        set(pack COMMAND gzip -9nf ${plain})
    endif()
    add_custom_command(OUTPUT ${thidua_made}/${name}
        COMMAND ${MAKE_COMMAND} > ${plain}
        ${pack}
        WORKING_DIRECTORY ${thidua_made}
        DEPENDS ${MAKE_DEPENDS}
        COMMENT "Making ${name}" VERBATIM)
    set_property(GLOBAL APPEND PROPERTY thidua_made_files ${thidua_made}/${name})
endfunction()

set(man ${THIDUA_PACKAGE_PYTHON} ${thidua_from}/man.py)
set(operations ${PROJECT_SOURCE_DIR}/docs/operations.md)
set(example ${PROJECT_SOURCE_DIR}/config/example/thidua.yaml)
thidua_make(thidua.1.gz COMMAND ${man} thidua $<TARGET_FILE:thidua> ${operations}
    DEPENDS thidua ${thidua_from}/man.py ${operations})
thidua_make(thidua-absence.1.gz
    COMMAND ${man} absence $<TARGET_FILE:thidua-absence> ${operations}
    DEPENDS thidua-absence ${thidua_from}/man.py ${operations})
thidua_make(thidua.yaml.5.gz COMMAND ${man} yaml ${PROJECT_SOURCE_DIR}/docs/configuration.md ${example}
    DEPENDS ${thidua_from}/man.py ${PROJECT_SOURCE_DIR}/docs/configuration.md ${example})
foreach(shell bash zsh fish)
    thidua_make(completion.${shell} COMMAND thidua completion ${shell} DEPENDS thidua)
endforeach()
thidua_make(changelog.gz
    COMMAND ${THIDUA_PACKAGE_PYTHON} ${thidua_from}/changelog.py
        ${PROJECT_SOURCE_DIR}/CHANGELOG.md ${thidua_maintainer}
    DEPENDS ${thidua_from}/changelog.py ${PROJECT_SOURCE_DIR}/CHANGELOG.md)
# What the example names lies beside it in the repository, and elsewhere once it is copied to /etc.
thidua_make(thidua.yaml
    COMMAND sed -E "s#: (campaigns|organisations|procedures|calendars)/#: /usr/share/thidua/\\1/#"
        ${example}
    DEPENDS ${example})
get_property(thidua_made_files GLOBAL PROPERTY thidua_made_files)
add_custom_target(thidua_package_files DEPENDS ${thidua_made_files})

set(CMAKE_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(share share/thidua)
install(TARGETS thidua thidua-absence RUNTIME DESTINATION bin)
install(CODE "execute_process(COMMAND \"${CMAKE_STRIP}\" --strip-unneeded --remove-section=.comment
    --remove-section=.note \"\$ENV{DESTDIR}/usr/bin/thidua\" \"\$ENV{DESTDIR}/usr/bin/thidua-absence\"
    COMMAND_ERROR_IS_FATAL ANY)")
install(FILES
        systemd/thidua.service systemd/thidua-absence.service systemd/thidua-absence.timer
        systemd/thidua-backup.service systemd/thidua-backup.timer
    DESTINATION lib/systemd/system)
install(FILES systemd/thidua.sysusers DESTINATION lib/sysusers.d RENAME thidua.conf)
install(FILES systemd/thidua.tmpfiles DESTINATION lib/tmpfiles.d RENAME thidua.conf)
install(FILES package/debian/README.etc DESTINATION /etc/thidua RENAME README)

install(DIRECTORY connectors/presets config/campaigns config/organisations config/procedures
        config/calendars
    DESTINATION ${share} FILES_MATCHING PATTERN "*.yaml")
install(FILES ${thidua_made}/thidua.yaml config/example/init.yaml.in DESTINATION ${share}/example)
install(FILES package/monitoring/thidua.rules.yml package/monitoring/thidua.rules.test.yml
    DESTINATION ${share}/prometheus)
install(FILES package/monitoring/grafana.json DESTINATION ${share}/grafana RENAME thidua.json)
install(FILES package/monitoring/nrpe.cfg package/monitoring/icinga2.conf DESTINATION ${share}/plugins)
install(DIRECTORY docs/schema DESTINATION ${share} FILES_MATCHING PATTERN "*.json")

install(FILES ${thidua_made}/thidua.1.gz ${thidua_made}/thidua-absence.1.gz DESTINATION share/man/man1)
install(FILES ${thidua_made}/thidua.yaml.5.gz DESTINATION share/man/man5)
install(FILES ${thidua_made}/completion.bash
    DESTINATION share/bash-completion/completions RENAME thidua)
install(FILES ${thidua_made}/completion.zsh
    DESTINATION share/zsh/vendor-completions RENAME _thidua)
install(FILES ${thidua_made}/completion.fish
    DESTINATION share/fish/vendor_completions.d RENAME thidua.fish)

install(FILES README.md package/debian/copyright ${thidua_made}/changelog.gz DESTINATION share/doc/thidua)
install(FILES package/debian/lintian-overrides DESTINATION share/lintian/overrides RENAME thidua)
install(FILES docs/operations.md docs/architecture.md docs/glossary.md docs/catalogues.md
    DESTINATION share/doc/thidua)
install(FILES systemd/README.md DESTINATION share/doc/thidua RENAME systemd.md)
install(FILES docs/configuration.md docs/commands.md docs/metrics.md docs/security.md
    DESTINATION share/doc/thidua)
install(DIRECTORY docs/huong-dan DESTINATION share/doc/thidua)
install(DIRECTORY docs/sources DESTINATION share/doc/thidua FILES_MATCHING PATTERN "*.md")

set(CPACK_GENERATOR DEB)
set(CPACK_SET_DESTDIR ON)  # lets /etc in
set(CPACK_PACKAGE_NAME thidua)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT ${thidua_maintainer})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "statistics and reports of an emulation campaign")
set(CPACK_PACKAGE_DESCRIPTION
    "An unattended service for an agency that runs an emulation campaign (đợt thi
đua) on online public services. It pulls dossiers and payments from the
provincial administrative-procedure system, the National Public Service
Portal and its Payment Platform, measures the plan's indicators per unit with
exact arithmetic, and mails a weekly digest that says who is below target, by
how much, and how far the figures can be trusted.

Nothing runs until it is configured and started.")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION misc)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS
    "ca-certificates, fonts-dejavu-core, fonts-liberation2, init-system-helpers (>= 1.54~), systemd, tzdata")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
    ${thidua_from}/debian/postinst ${thidua_from}/debian/prerm ${thidua_from}/debian/postrm
    ${thidua_from}/debian/conffiles)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS ${CMAKE_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS})
set(CPACK_PACKAGE_DIRECTORY ${PROJECT_SOURCE_DIR}/build/package)
include(CPack)
