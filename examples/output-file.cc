/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "output-file.h"

#include "program-error.h"

#include "ns3/packet.h"
#include "ns3/simulator.h"
#include "ns3/trace-helper.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <iostream>

namespace
{

/// A frame of lo's largest MTU is longer than the default; this is tcpdump's.
constexpr uint32_t SNAPLEN = 262144;

/// With a message of our own: ns-3 aborts on a capture that it can not make.
void
CheckCapture(const std::string& path, std::ios::openmode mode)
{
    errno = 0;
    std::ofstream file(path, mode);
    if (!file)
    {
        ThrowFileError("open", path);
    }
    // ns-3 seeks in a capture.
    if (!std::filesystem::is_regular_file(path))
    {
        throw ProgramError("can not write '" + path + "': a capture has to be a regular file");
    }
}

void
WriteFrame(ns3::Ptr<ns3::PcapFileWrapper> file, ns3::Ptr<const ns3::Packet> frame)
{
    file->Write(ns3::Simulator::Now(), frame);
}

} // namespace

void
ThrowFileError(const std::string& what, const std::string& path)
{
    // A stream need not set errno.
    const std::string reason = errno != 0 ? std::strerror(errno) : "the stream failed";
    throw ProgramError("can not " + what + " '" + path + "': " + reason);
}

OutputFile::Buffer::Buffer(const std::string& path)
    : m_path(path)
{
    errno = 0;
    if (!open(path, std::ios::out))
    {
        ThrowFileError("open", m_path);
    }
}

void
OutputFile::Buffer::Check(bool succeeded)
{
    if (!succeeded)
    {
        m_error = errno;
        m_isOpen = false;
    }
}

void
OutputFile::Buffer::Close()
{
    errno = 0;
    Check(!m_isOpen || close() != nullptr);
    m_isOpen = false;
    if (m_error)
    {
        errno = *m_error;
        ThrowFileError("write", m_path);
    }
}

std::streamsize
OutputFile::Buffer::xsputn(const char* text, std::streamsize size)
{
    errno = 0;
    Check(!m_isOpen || std::filebuf::xsputn(text, size) == size);
    return size;
}

OutputFile::Buffer::int_type
OutputFile::Buffer::overflow(int_type c)
{
    errno = 0;
    Check(!m_isOpen || !traits_type::eq_int_type(std::filebuf::overflow(c), traits_type::eof()));
    return traits_type::not_eof(c);
}

int
OutputFile::Buffer::sync()
{
    errno = 0;
    Check(!m_isOpen || std::filebuf::sync() == 0);
    return 0;
}

OutputFile::OutputFile(const std::string& path)
    : m_buffer(path)
{
}

std::ostream&
OutputFile::GetStream()
{
    return m_stream;
}

void
OutputFile::Close()
{
    m_buffer.Close();
}

CaptureFile::CaptureFile(const std::string& path, ns3::Ptr<ns3::LoNetDevice> device)
    : m_path(path)
{
    CheckCapture(path, std::ios::out);
    m_file =
        ns3::PcapHelper().CreateFile(path, std::ios::out, ns3::PcapHelper::DLT_EN10MB, SNAPLEN);
    device->TraceConnectWithoutContext("PromiscSniffer",
                                       ns3::MakeBoundCallback(&WriteFrame, m_file));
}

void
CaptureFile::CheckExisting(const std::string& path)
{
    CheckCapture(path, std::ios::app);
}

void
CaptureFile::Close()
{
    errno = 0;
    m_file->Close();
    if (m_file->Fail())
    {
        ThrowFileError("write", m_path);
    }
}

void
FlushStandardOutput()
{
    errno = 0;
    std::cout.flush();
    if (!std::cout)
    {
        ThrowFileError("write", "standard output");
    }
}
