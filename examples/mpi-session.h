/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef MPI_SESSION_H
#define MPI_SESSION_H

#include <cstdint>
#include <fstream>
#include <functional>
#include <optional>
#include <streambuf>
#include <string>
#include <vector>

/**
 * A program's part in a simulation that several processes, MPI's ranks, share. What only one of
 * them prints is printed by rank 0: the others' standard output goes nowhere.
 *
 * All methods but GetRank, GetSize and Abort are collective: they return when each rank has called
 * them.
 */
class MpiSession
{
  public:
    /**
     * @param argc main's argument
     * @param argv main's argument
     */
    MpiSession(int argc, char* argv[]);

    ~MpiSession();

    MpiSession(const MpiSession&) = delete;
    MpiSession& operator=(const MpiSession&) = delete;

    /**
     * @return this process's number, from 0
     */
    uint32_t GetRank() const;

    /**
     * @return how many processes there are; 1 if the program was started without mpirun
     */
    uint32_t GetSize() const;

    /**
     * Have ns-3 simulate in parallel, or not. To be called before anything is simulated; an unknown
     * or unsuitable name comes as a ProgramError.
     * @param name Default, Distributed or NullMessage; empty for the first one if there is one
     * rank, and for the second one if there are more
     */
    void SetSimulator(const std::string& name);

    /**
     * Do what may fail on some of the ranks. If it does on any, all of them get that ProgramError,
     * the one of the lowest rank, so that none waits for another one that has gone.
     * @param work what to do
     */
    void DoTogether(const std::function<void()>& work) const;

    /**
     * @param value one of each rank
     * @return the largest of them
     */
    int64_t GetLargest(int64_t value) const;

    /**
     * @param values as many on each rank
     * @return on rank 0 those of all ranks in the order of the ranks, elsewhere nothing
     */
    std::vector<uint64_t> Gather(const std::vector<uint64_t>& values) const;

    /**
     * End all ranks, for one that can not go on while the others wait for it.
     * @param reason what to print on stderr
     */
    [[noreturn]] static void Abort(const std::string& reason);

  private:
    int m_rank{0};                             //!< this process's number
    int m_size{1};                             //!< how many there are
    bool m_enabled{false};                     //!< whether ns-3 simulates in parallel
    std::ofstream m_nowhere;                   //!< where other ranks than 0 print to
    std::optional<std::streambuf*> m_original; //!< where they would
};

#endif /* MPI_SESSION_H */
