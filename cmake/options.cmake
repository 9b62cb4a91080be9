# What every target is compiled with. Presets choose among these; nothing sets global flags.
option(THIDUA_TESTS "build the tests and the sandbox" ON)
option(THIDUA_FUZZ "build the fuzz targets; needs clang (scripts/fuzz)" OFF)
option(THIDUA_WERROR "warnings are errors" OFF)
set(THIDUA_SANITIZE "" CACHE STRING "sanitizers to build with, such as address,undefined")

add_library(thidua_options INTERFACE)
target_compile_features(thidua_options INTERFACE cxx_std_23)
target_include_directories(thidua_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(thidua_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
    -Wnon-virtual-dtor)
if(THIDUA_WERROR)
    target_compile_options(thidua_options INTERFACE -Werror)
endif()
if(THIDUA_SANITIZE)
    target_compile_options(thidua_options INTERFACE
        -fsanitize=${THIDUA_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer
        # The checks of UBSan take nearly half of the time in which a test compiles. They are for the
        # code under test.
        $<$<BOOL:$<TARGET_PROPERTY:THIDUA_TEST_CODE>>:-fno-sanitize=undefined>
        # With sanitizers g++ takes what libstdc++ passes to itself for uninitialised, as its manual
        # says; the release build and clang-tidy look for what is.
        $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
    target_link_options(thidua_options INTERFACE -fsanitize=${THIDUA_SANITIZE})
    if(THIDUA_SANITIZE MATCHES thread)
        # Asio's fences are reported by the hundred and are not ours to change.
        target_compile_options(thidua_options INTERFACE -Wno-tsan)
    endif()
else()
    # What a distribution would harden a network daemon with (docs/decisions/0003).
    target_compile_options(thidua_options INTERFACE
        -fstack-protector-strong -fstack-clash-protection -fcf-protection
        $<$<NOT:$<CONFIG:Debug>>:-D_FORTIFY_SOURCE=2>)
    target_link_options(thidua_options INTERFACE -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack)
endif()
target_compile_definitions(thidua_options INTERFACE _GLIBCXX_ASSERTIONS)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_EXTENSIONS OFF)
include(CheckPIESupported)
check_pie_supported()
