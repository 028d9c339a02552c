# Find an installed ns-3, for this module and for those who use it installed.

# Debian's ns-3 names a Python include folder that its packages do not depend on, and CMake takes a
# folder that is missing for an error. None of ns-3's headers needs it.
macro(find_ns3)
  find_package(ns3 ${ARGN})
  get_property(
    imported_targets
    DIRECTORY
    PROPERTY IMPORTED_TARGETS
  )
  foreach(imported_target IN LISTS imported_targets)
    if(imported_target MATCHES "^ns3::")
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
endmacro()
