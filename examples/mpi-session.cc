/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "mpi-session.h"

#include "program-error.h"

#include "ns3/global-value.h"
#include "ns3/mpi-interface.h"
#include "ns3/simulator.h"
#include "ns3/string.h"

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <mpi.h>

using namespace ns3;

namespace
{

/// The global value that says which simulator ns-3 takes.
constexpr auto SIMULATOR = "SimulatorImplementationType";

/// What ns-3 takes unless it is told.
constexpr auto DEFAULT = "Default";

std::string
GetTypeName(const std::string& simulator)
{
    return "ns3::" + simulator + "SimulatorImpl";
}

void
CheckSimulator(const std::string& name, int size)
{
    if (name != DEFAULT && name != "Distributed" && name != "NullMessage")
    {
        throw ProgramError("--simulator: '" + name +
                           "' is not one of Default, Distributed and NullMessage");
    }
    if (name == DEFAULT && size > 1)
    {
        throw ProgramError("--simulator: Default is for one rank, and there are " +
                           std::to_string(size) + "; start it without mpirun");
    }
    StringValue type;
    GlobalValue::GetValueByName(SIMULATOR, type);
    if (type.Get() != GetTypeName(DEFAULT))
    {
        throw ProgramError(std::string("--") + SIMULATOR + ": say --simulator instead");
    }
}

} // namespace

MpiSession::MpiSession(int argc, char* argv[])
{
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &m_rank);
    MPI_Comm_size(MPI_COMM_WORLD, &m_size);
    if (m_rank != 0)
    {
        m_nowhere.open("/dev/null");
        m_original = std::cout.rdbuf(m_nowhere.rdbuf());
    }
}

MpiSession::~MpiSession()
{
    Simulator::Destroy();
    if (m_enabled)
    {
        MpiInterface::Disable();
    }
    MPI_Finalize();
    if (m_original)
    {
        std::cout.rdbuf(*m_original);
    }
}

uint32_t
MpiSession::GetRank() const
{
    return m_rank;
}

uint32_t
MpiSession::GetSize() const
{
    return m_size;
}

void
MpiSession::SetSimulator(const std::string& name)
{
    const auto simulator = !name.empty() ? name : m_size == 1 ? DEFAULT : "Distributed";
    CheckSimulator(simulator, m_size);
    if (simulator != DEFAULT)
    {
        GlobalValue::Bind(SIMULATOR, StringValue(GetTypeName(simulator)));
        MpiInterface::Enable(MPI_COMM_WORLD);
        m_enabled = true;
    }
}

void
MpiSession::DoTogether(const std::function<void()>& work) const
{
    std::optional<std::string> error;
    try
    {
        work();
    }
    catch (const ProgramError& caught)
    {
        error = caught.what();
    }
    const int mine = error ? m_rank : m_size;
    int first = m_size;
    MPI_Allreduce(&mine, &first, 1, MPI_INT, MPI_MIN, MPI_COMM_WORLD);
    if (first == m_size)
    {
        return;
    }
    auto text = error.value_or("");
    auto length = static_cast<int>(text.size());
    MPI_Bcast(&length, 1, MPI_INT, first, MPI_COMM_WORLD);
    text.resize(length);
    MPI_Bcast(text.data(), length, MPI_CHAR, first, MPI_COMM_WORLD);
    throw ProgramError(text);
}

int64_t
MpiSession::GetLargest(int64_t value) const
{
    int64_t largest = value;
    MPI_Allreduce(&value, &largest, 1, MPI_INT64_T, MPI_MAX, MPI_COMM_WORLD);
    return largest;
}

std::vector<uint64_t>
MpiSession::Gather(const std::vector<uint64_t>& values) const
{
    const auto count = static_cast<int>(values.size());
    std::vector<uint64_t> all(m_rank == 0 ? values.size() * m_size : 0);
    MPI_Gather(values.data(),
               count,
               MPI_UINT64_T,
               all.data(),
               count,
               MPI_UINT64_T,
               0,
               MPI_COMM_WORLD);
    return all;
}

void
MpiSession::Abort(const std::string& reason)
{
    // Not by std::cerr, which may be what has thrown, see AbortGuard.
    std::fprintf(stderr, "%s\n", reason.c_str());
    MPI_Abort(MPI_COMM_WORLD, EXIT_FAILURE);
    std::abort();
}
