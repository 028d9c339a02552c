/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "record-file.h"

#include "ns3/abort.h"
#include "ns3/fatal-impl.h"
#include "ns3/simulator.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <locale>
#include <sys/stat.h>
#include <utility>

namespace ns3
{

bool
RecordFile::Buffer::Open(const std::string& path)
{
    return m_file.open(path, std::ios::out | std::ios::binary) != nullptr;
}

bool
RecordFile::Buffer::Close()
{
    return m_file.close() != nullptr;
}

std::size_t
RecordFile::Buffer::GetWaiting() const
{
    return m_waiting.size();
}

std::streamsize
RecordFile::Buffer::xsputn(const char* text, std::streamsize size)
{
    m_waiting.append(text, static_cast<std::size_t>(size));
    return size;
}

RecordFile::Buffer::int_type
RecordFile::Buffer::overflow(int_type c)
{
    if (!traits_type::eq_int_type(c, traits_type::eof()))
    {
        m_waiting.push_back(traits_type::to_char_type(c));
    }
    return traits_type::not_eof(c);
}

int
RecordFile::Buffer::sync()
{
    const auto size = static_cast<std::streamsize>(m_waiting.size());
    const bool written = m_file.sputn(m_waiting.data(), size) == size;
    m_waiting.clear();
    return written ? m_file.pubsync() : -1;
}

RecordFile::RecordFile(const std::string& caller, const std::string& path)
    : m_caller(caller),
      m_path(path)
{
    const auto earlier = Identify();
    NS_ABORT_MSG_IF(earlier && GetOpen().count(*earlier) > 0,
                    m_caller << ": '" << m_path
                             << "' is being written already; take another name, also of the node "
                                "or device if the file is named after it");
    // Numbers as in C, whatever the program's locale is.
    m_stream.imbue(std::locale::classic());
    errno = 0;
    Check(m_buffer.Open(path));
    m_identity = Identify();
    if (m_identity)
    {
        GetOpen().insert(*m_identity);
    }
    FatalImpl::RegisterStream(&m_stream);
    FlushAtExit();
    m_end = Simulator::ScheduleDestroy(&RecordFile::Close, this);
}

RecordFile::~RecordFile()
{
    if (m_isOpen)
    {
        m_end.Remove();
        Close();
    }
}

std::set<RecordFile::Identity>&
RecordFile::GetOpen()
{
    // Never destroyed: a file may be closed after all that is static.
    static auto& open = *new std::set<Identity>;
    return open;
}

std::set<RecordFile*>&
RecordFile::GetUnwritten()
{
    // As above: it is looked at after the end of main.
    static auto& unwritten = *new std::set<RecordFile*>;
    return unwritten;
}

void
RecordFile::FlushAtExit()
{
    // A script that does not destroy the simulator leaves devices that nobody deletes.
    [[maybe_unused]] static const int registered = std::atexit([] {
        for (auto file : std::exchange(GetUnwritten(), {}))
        {
            file->Flush();
        }
    });
    GetUnwritten().insert(this);
}

std::optional<RecordFile::Identity>
RecordFile::Identify() const
{
    struct stat status = {};
    if (stat(m_path.c_str(), &status) != 0 || !S_ISREG(status.st_mode))
    {
        return std::nullopt;
    }
    return Identity(status.st_dev, status.st_ino);
}

void
RecordFile::Close()
{
    m_isOpen = false;
    GetUnwritten().erase(this);
    FatalImpl::UnregisterStream(&m_stream);
    if (m_identity)
    {
        GetOpen().erase(*m_identity);
    }
    Flush();
    errno = 0;
    Check(m_buffer.Close());
}

std::ostream&
RecordFile::GetStream()
{
    return m_stream;
}

void
RecordFile::EndRecord()
{
    if (!m_isOpen)
    {
        return;
    }
    if (m_buffer.GetWaiting() >= BUFFER_SIZE ||
        std::chrono::steady_clock::now() - m_latest >= FLUSH_INTERVAL)
    {
        Flush();
    }
}

void
RecordFile::Flush()
{
    // What wrote the record may have flushed it, and failed just now.
    if (m_stream)
    {
        errno = 0;
    }
    m_stream.flush();
    Check(m_stream.good());
    m_latest = std::chrono::steady_clock::now();
}

void
RecordFile::Check(bool succeeded)
{
    if (!succeeded)
    {
        // What ends the program now is not to try again.
        GetUnwritten().erase(this);
    }
    NS_ABORT_MSG_UNLESS(succeeded,
                        m_caller << ": can not write '" << m_path << "': "
                                 << (errno != 0 ? std::strerror(errno) : "the stream failed"));
}

} // namespace ns3
