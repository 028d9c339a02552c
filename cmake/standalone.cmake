# What an ns-3 tree gives a module, for a module that is built against an installed ns-3: the
# variables lib<name>, and build_lib and build_lib_example with the arguments of ns-3's own that
# this module uses.

include(CMakePackageConfigHelpers)
include(CTest)
include(GNUInstallDirs)

include(cmake/find-ns3.cmake)
find_ns3(QUIET)
if(NOT ns3_FOUND)
  message(FATAL_ERROR "loopback: no ns-3 is installed; install libns3-dev, or build in a tree")
endif()

# ns-3's modules are ns3::libcore and so on up to 3.37, and ns3::core and so on since.
set(libs_to_build "")
foreach(target IN LISTS ns3_targets)
  if(target MATCHES "^ns3::(lib)?(.*)$")
    set(lib${CMAKE_MATCH_2} ${target})
    list(APPEND libs_to_build ${CMAKE_MATCH_2})
  endif()
endforeach()

# The standard that the release's headers need.
if(ns3_VERSION VERSION_LESS 3.40)
  set(cxx_standard 17)
elseif(ns3_VERSION VERSION_LESS 3.46)
  set(cxx_standard 20)
else()
  set(cxx_standard 23)
endif()
if(NOT CMAKE_CXX_STANDARD)
  set(CMAKE_CXX_STANDARD ${cxx_standard})
endif()
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

# Tests and examples schedule function objects, which Simulator::Schedule itself takes since 3.37.
if(ns3_VERSION VERSION_LESS 3.37)
  add_compile_options(-include ${CMAKE_CURRENT_SOURCE_DIR}/model/ns3-release.h)
endif()

option(LOOPBACK_WERROR "Take compiler warnings for errors" OFF)
option(LOOPBACK_EXAMPLES "Build the example programs" ON)
option(LOOPBACK_BENCH "Build the benchmarks" OFF)
option(LOOPBACK_FUZZ "Build the fuzzers; needs Clang" OFF)
option(LOOPBACK_COVERAGE "Have GCC count the lines that run" OFF)
set(LOOPBACK_SANITIZE ""
    CACHE STRING "Sanitizers to build with, such as address,undefined"
)

add_compile_options(
  -Wall
  -Wextra
  -Wpedantic
  $<$<BOOL:${LOOPBACK_WERROR}>:-Werror>
  # ns-3's own log macros, which its release build leaves out.
  $<$<CONFIG:Debug>:-DNS3_LOG_ENABLE>
  $<$<CONFIG:Debug>:-DNS3_ASSERT_ENABLE>
)
if(LOOPBACK_SANITIZE)
  add_compile_options(
    -fsanitize=${LOOPBACK_SANITIZE}
    -fno-sanitize-recover=all
    -fno-omit-frame-pointer
  )
  add_link_options(-fsanitize=${LOOPBACK_SANITIZE})
endif()
if(LOOPBACK_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# The folders of a build are not in what it makes, which so does not depend on them. A debugger
# finds the sources of a Debug build.
foreach(kind IN ITEMS debug macro)
  add_compile_options(
    $<$<NOT:$<CONFIG:Debug>>:-f${kind}-prefix-map=${PROJECT_SOURCE_DIR}=.>
    $<$<NOT:$<CONFIG:Debug>>:-f${kind}-prefix-map=${PROJECT_BINARY_DIR}=./build>
  )
endforeach()

if(LOOPBACK_COVERAGE)
  add_compile_options(--coverage -fprofile-abs-path)
  add_link_options(--coverage)
endif()

set(CMAKE_INSTALL_RPATH "$ORIGIN/../${CMAKE_INSTALL_LIBDIR}")

# The headers by the names that a user includes them by, ns3/NAME.h.
function(stage_headers module headers)
  set(staged ${PROJECT_BINARY_DIR}/include/ns3)
  file(MAKE_DIRECTORY ${staged})
  set(umbrella "")
  foreach(header IN LISTS headers)
    get_filename_component(name ${header} NAME)
    file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR}/${header} ${staged}/${name} SYMBOLIC)
    string(APPEND umbrella "#include \"ns3/${name}\"\n")
  endforeach()
  string(TOUPPER ${module}_MODULE_H guard)
  file(
    GENERATE
    OUTPUT ${staged}/${module}-module.h
    CONTENT "#ifndef ${guard}\n#define ${guard}\n\n${umbrella}\n#endif /* ${guard} */\n"
  )
endfunction()

# find_package(ns3-<module>) and pkg-config ns3-<module> of an installed module.
function(export_module module headers)
  install(
    TARGETS ${module}
    EXPORT ns3-${module}-targets
    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
  )
  install(FILES ${headers} ${PROJECT_BINARY_DIR}/include/ns3/${module}-module.h
          DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/ns3
  )
  set(config_dir ${CMAKE_INSTALL_LIBDIR}/cmake/ns3-${module})
  install(
    EXPORT ns3-${module}-targets
    NAMESPACE ns3::
    DESTINATION ${config_dir}
  )
  configure_package_config_file(
    cmake/config.cmake.in ns3-${module}-config.cmake INSTALL_DESTINATION ${config_dir}
  )
  write_basic_package_version_file(
    ns3-${module}-config-version.cmake COMPATIBILITY SameMinorVersion
  )
  install(FILES cmake/find-ns3.cmake ${CMAKE_CURRENT_BINARY_DIR}/ns3-${module}-config.cmake
                ${CMAKE_CURRENT_BINARY_DIR}/ns3-${module}-config-version.cmake
          DESTINATION ${config_dir}
  )
  # Relative, so that an installation can be moved, or installed with another --prefix.
  file(RELATIVE_PATH prefix_from_pc /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
  configure_file(cmake/module.pc.in ns3-${module}.pc @ONLY)
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/ns3-${module}.pc
          DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig
  )
endfunction()

function(build_lib)
  cmake_parse_arguments(
    LIB
    ""
    "LIBNAME"
    "SOURCE_FILES;HEADER_FILES;LIBRARIES_TO_LINK;TEST_SOURCES"
    ${ARGN}
  )
  stage_headers(${LIB_LIBNAME} "${LIB_HEADER_FILES}")

  add_library(${LIB_LIBNAME} SHARED ${LIB_SOURCE_FILES})
  add_library(ns3::${LIB_LIBNAME} ALIAS ${LIB_LIBNAME})
  set_target_properties(
    ${LIB_LIBNAME}
    PROPERTIES OUTPUT_NAME ns3-${LIB_LIBNAME}
               VERSION ${PROJECT_VERSION}
               SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR}
  )
  target_compile_features(${LIB_LIBNAME} PUBLIC cxx_std_${cxx_standard})
  target_include_directories(
    ${LIB_LIBNAME} PUBLIC $<BUILD_INTERFACE:${PROJECT_BINARY_DIR}/include>
                          $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>
  )
  target_link_libraries(${LIB_LIBNAME} PUBLIC ${LIB_LIBRARIES_TO_LINK})
  export_module(${LIB_LIBNAME} "${LIB_HEADER_FILES}")

  set(lib${LIB_LIBNAME} ${LIB_LIBNAME} PARENT_SCOPE)
  set(lib${LIB_LIBNAME} ${LIB_LIBNAME})

  if(LOOPBACK_EXAMPLES AND EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/examples/CMakeLists.txt)
    add_subdirectory(examples)
  endif()

  if(LOOPBACK_BENCH)
    add_subdirectory(bench)
  endif()

  if(LOOPBACK_FUZZ)
    add_subdirectory(fuzz)
  endif()

  # For tools/doc, which makes a page of what it prints.
  add_executable(type-tables EXCLUDE_FROM_ALL doc/type-tables.cc)
  target_link_libraries(type-tables ${LIB_LIBNAME})

  if(BUILD_TESTING)
    set(runner ${LIB_LIBNAME}-test-runner)
    add_executable(${runner} ${LIB_TEST_SOURCES} test/test-runner.cc)
    target_link_libraries(${runner} ${LIB_LIBNAME})
    # It waits for ns-3, which is optimised: more takes twice as long to compile and no less to run.
    target_compile_options(${runner} PRIVATE $<$<CONFIG:Release>:-O1>)
    set(test${LIB_LIBNAME} ${runner} PARENT_SCOPE)
    set(test${LIB_LIBNAME} ${runner})
    include(cmake/tests.cmake)
  endif()
endfunction()

function(build_lib_example)
  cmake_parse_arguments(
    EXAMPLE
    ""
    "NAME"
    "SOURCE_FILES;LIBRARIES_TO_LINK"
    ${ARGN}
  )
  add_executable(${EXAMPLE_NAME} ${EXAMPLE_SOURCE_FILES})
  set_target_properties(
    ${EXAMPLE_NAME} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin
  )
  target_link_libraries(${EXAMPLE_NAME} ${EXAMPLE_LIBRARIES_TO_LINK})
  # The cookbook's are for reading: they have no options, and write where they run.
  if(NOT EXAMPLE_NAME MATCHES "^cookbook-")
    install(TARGETS ${EXAMPLE_NAME} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
  endif()
endfunction()
