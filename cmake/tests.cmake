# A CTest entry for each ns-3 test suite of this module. The suites register themselves, so the
# name in the source is the only place that knows it.
foreach(source IN LISTS LIB_TEST_SOURCES)
  set_property(
    DIRECTORY
    APPEND
    PROPERTY CMAKE_CONFIGURE_DEPENDS ${source}
  )
  file(STRINGS ${source} suites REGEX "TestSuite\\(\"lo-[a-z-]+\"")
  foreach(suite IN LISTS suites)
    string(REGEX REPLACE ".*TestSuite\\(\"(lo-[a-z-]+)\".*" "\\1" suite "${suite}")
    add_test(NAME ${suite} COMMAND ${runner} --suite=${suite} --verbose)
    set_tests_properties(${suite} PROPERTIES TIMEOUT 600)
  endforeach()
endforeach()
