/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef ABORT_GUARD_H
#define ABORT_GUARD_H

#include <ios>
#include <iostream>
#include <streambuf>
#include <string>

/**
 * While it lives, ns-3 does not end the program where it would by NS_FATAL_ERROR, NS_ABORT or one
 * of their kin: what it prints to stderr before comes as a ProgramError instead. All other lines
 * are printed.
 */
class AbortGuard
{
  public:
    AbortGuard();
    ~AbortGuard();

    AbortGuard(const AbortGuard&) = delete;
    AbortGuard& operator=(const AbortGuard&) = delete;

  private:
    /// Throws at the end of a line that says where in its source ns-3 ends the program.
    class Buffer : public std::streambuf
    {
      public:
        /**
         * @param target prints the other lines
         */
        explicit Buffer(std::streambuf* target);

        /// Print what there is of a line.
        void Flush();

      protected:
        std::streamsize xsputn(const char* text, std::streamsize size) override;
        int_type overflow(int_type c) override;

      private:
        /**
         * @param c the line's next character
         */
        void Put(char c);

        std::streambuf* m_target; //!< prints the other lines
        std::string m_line;       //!< what there is of a line
    };

    std::streambuf* m_original;          //!< std::cerr's own
    std::streambuf* m_log;               //!< std::clog's own
    std::ios_base::iostate m_exceptions; //!< of std::cerr
    Buffer m_buffer;                     //!< in their place
};

#endif /* ABORT_GUARD_H */
