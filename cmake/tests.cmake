# CTest entries, for a build on its own; in an ns-3 tree test.py runs the suites.

# A test may take this long on a busy machine, in seconds.
set(patience 7200)
# ns-3's QUICK or EXTENSIVE cases, as the environment says when this is configured.
set(fullness $ENV{LOOPBACK_FULLNESS})
if(NOT fullness)
  set(fullness QUICK)
endif()

# One for each ns-3 test suite, by the name that the source registers.
foreach(source IN LISTS LIB_TEST_SOURCES)
  set_property(
    DIRECTORY
    APPEND
    PROPERTY CMAKE_CONFIGURE_DEPENDS ${source}
  )
  set(named "Suite[ a-z_]*\\(\"(lo-[a-z0-9-]+)\"")
  file(STRINGS ${source} suites REGEX "${named}")
  foreach(suite IN LISTS suites)
    string(REGEX REPLACE ".*${named}.*" "\\1" suite "${suite}")
    add_test(NAME ${suite} COMMAND ${runner} --suite=${suite} --fullness=${fullness} --verbose)
    set_tests_properties(
      ${suite} PROPERTIES TIMEOUT ${patience} FAIL_REGULAR_EXPRESSION "Invalid test name"
    )
  endforeach()
endforeach()

# One for each script in test/, which exits with 77 where it cannot run.
function(add_script_test name)
  add_test(NAME ${name} COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/test/${name}.sh ${ARGN})
  set_tests_properties(
    ${name} PROPERTIES TIMEOUT ${patience} SKIP_RETURN_CODE 77 ENVIRONMENT LC_ALL=C.UTF-8
  )
endfunction()

# A program of test/programs, for a script of the same or of another name.
function(add_test_program name)
  add_executable(${name} test/programs/${name}.cc ${ARGN})
  target_link_libraries(${name} ${libloopback} ${libapplications} ${libinternet-apps})
endfunction()

add_test_program(dropped-packets)
add_test_program(fresh-lo)
add_test_program(kernel-workload test/loopback-node.cc)
target_compile_definitions(kernel-workload PRIVATE NS3_RELEASE="${ns3_VERSION}")
add_test_program(kernel-reject test/loopback-node.cc)
add_test_program(misuse $<$<BOOL:${LOOPBACK_COVERAGE}>:test/programs/exit-at-terminate.cc>)
add_test_program(route-tables test/loopback-node.cc test/node-routes.cc)
add_test_program(sampled-run)
add_test_program(time-resolution)
foreach(resolution IN ITEMS us ps)
  add_test(NAME time-resolution-${resolution} COMMAND time-resolution ${resolution})
endforeach()
add_script_test(consumer ${PROJECT_BINARY_DIR} ${CMAKE_GENERATOR})
if(TARGET cookbook-capture)
  add_script_test(cookbook ${PROJECT_BINARY_DIR}/bin)
endif()
if(TARGET lo-ping)
  add_script_test(disk-faults ${PROJECT_BINARY_DIR}/bin)
endif()
foreach(program IN ITEMS blackhole-rtbh lo-impaired lo-outage lo-ping lo-replay lo-tcp)
  if(TARGET ${program})
    add_script_test(examples/${program} ${PROJECT_BINARY_DIR}/bin)
  endif()
endforeach()
if(TARGET lo-distributed)
  add_script_test(distributed ${PROJECT_BINARY_DIR}/bin)
endif()
add_script_test(kernel-diff $<TARGET_FILE:kernel-workload>)
add_script_test(kernel-reject $<TARGET_FILE:kernel-reject>)
if(TARGET lo-replay)
  add_script_test(kernel-replay $<TARGET_FILE:lo-replay>)
endif()
add_script_test(kernel-routes $<TARGET_FILE:route-tables>)
add_script_test(kernel-text $<TARGET_FILE:fresh-lo>)
add_script_test(misuse $<TARGET_FILE:misuse>)
add_script_test(other-locale $<TARGET_FILE:${runner}>)
add_script_test(pcapng $<TARGET_FILE:dropped-packets> ${PROJECT_BINARY_DIR}/bin)
add_script_test(readme)
add_script_test(sample $<TARGET_FILE:sampled-run>)
if(TARGET loopback-examples-common)
  add_test_program(stop-on-signal)
  target_link_libraries(stop-on-signal loopback-examples-common)
  add_script_test(signals $<TARGET_FILE:stop-on-signal> ${PROJECT_BINARY_DIR}/bin)
endif()

# The wscript, which is for waf, must build the same.
find_path(ns3_headers ns3/core-module.h PATHS ${ns3-core_INCLUDE_DIRS} REQUIRED)
set(programs "")
if(TARGET cookbook-capture)
  get_property(
    programs
    DIRECTORY examples
    PROPERTY BUILDSYSTEM_TARGETS
  )
  list(REMOVE_ITEM programs loopback-examples-common)
endif()
add_test(NAME wscript
         COMMAND python3 ${CMAKE_CURRENT_SOURCE_DIR}/test/wscript.py ${ns3_headers}
                 "${LIB_SOURCE_FILES}" "${LIB_HEADER_FILES}" "${LIB_TEST_SOURCES}" "${programs}"
)
