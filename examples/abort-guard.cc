/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "abort-guard.h"

#include "program-error.h"

AbortGuard::AbortGuard()
    : m_original(std::cerr.rdbuf()),
      m_log(std::clog.rdbuf()),
      m_exceptions(std::cerr.exceptions()),
      m_buffer(m_original)
{
    std::cerr.rdbuf(&m_buffer);
    // ns-3 prints the time there, in the middle of the line.
    std::clog.rdbuf(&m_buffer);
    // Else a stream keeps to itself what its buffer throws.
    std::cerr.exceptions(std::ios_base::badbit);
}

AbortGuard::~AbortGuard()
{
    // This clears std::cerr's state as well, or the next line could throw.
    std::cerr.rdbuf(m_original);
    std::cerr.exceptions(m_exceptions);
    std::clog.rdbuf(m_log);
    m_buffer.Flush();
}

AbortGuard::Buffer::Buffer(std::streambuf* target)
    : m_target(target)
{
}

void
AbortGuard::Buffer::Flush()
{
    m_target->sputn(m_line.data(), static_cast<std::streamsize>(m_line.size()));
    m_line.clear();
}

std::streamsize
AbortGuard::Buffer::xsputn(const char* text, std::streamsize size)
{
    for (std::streamsize i = 0; i < size; ++i)
    {
        Put(text[i]);
    }
    return size;
}

AbortGuard::Buffer::int_type
AbortGuard::Buffer::overflow(int_type c)
{
    if (!traits_type::eq_int_type(c, traits_type::eof()))
    {
        Put(traits_type::to_char_type(c));
    }
    return traits_type::not_eof(c);
}

void
AbortGuard::Buffer::Put(char c)
{
    if (c != '\n')
    {
        m_line += c;
        return;
    }
    const auto place = m_line.rfind("file=");
    if (place != std::string::npos && m_line.find(", line=", place) != std::string::npos)
    {
        const auto reason = "ns-3 can not go on: " + m_line;
        m_line.clear();
        throw ProgramError(reason);
    }
    m_line += c;
    Flush();
}
