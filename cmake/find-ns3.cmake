# Find an installed ns-3, for this module and for projects that use it installed.

# Releases before 3.36 install files for pkg-config alone, lib<name and release>-<module>.pc.
macro(find_ns3_by_pkg_config)
  find_package(PkgConfig QUIET)
  set(packages "")
  execute_process(COMMAND ${PKG_CONFIG_EXECUTABLE} --list-all OUTPUT_VARIABLE packages)
  string(REGEX MATCHALL "libns3[.0-9]*-[-a-z]+" packages "${packages}")
  foreach(package IN LISTS packages)
    string(REGEX REPLACE "^libns3[.0-9]*-" "" module ${package})
    if(NOT TARGET ns3::${module})
      pkg_check_modules(ns3-${module} QUIET IMPORTED_TARGET ${package})
      add_library(ns3::${module} INTERFACE IMPORTED)
      target_link_libraries(ns3::${module} INTERFACE PkgConfig::ns3-${module})
      list(APPEND ns3_targets ns3::${module})
      string(REGEX REPLACE "${module}$" "" ns3_package_prefix ${package})
      set(ns3_VERSION ${ns3-${module}_VERSION})
      set(ns3_FOUND TRUE)
    endif()
  endforeach()
endmacro()

# Debian's ns-3 names a Python include folder that its packages do not depend on, and CMake takes a
# folder that is missing for an error. None of ns-3's headers needs it.
macro(find_ns3)
  set(ns3_targets "")
  set(ns3_package_prefix ns3-) # of pkg-config's packages
  find_package(ns3 ${ARGN})
  get_property(
    imported_targets
    DIRECTORY
    PROPERTY IMPORTED_TARGETS
  )
  foreach(imported_target IN LISTS imported_targets)
    if(imported_target MATCHES "^ns3::")
      list(APPEND ns3_targets ${imported_target})
      get_target_property(include_folders ${imported_target} INTERFACE_INCLUDE_DIRECTORIES)
      set(include_folders_there "")
      foreach(include_folder IN LISTS include_folders)
        if(EXISTS "${include_folder}")
          list(APPEND include_folders_there "${include_folder}")
        endif()
      endforeach()
      set_target_properties(
        ${imported_target} PROPERTIES INTERFACE_INCLUDE_DIRECTORIES "${include_folders_there}"
      )
    endif()
  endforeach()
  if(NOT ns3_FOUND)
    find_ns3_by_pkg_config()
  endif()
endmacro()
