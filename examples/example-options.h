/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef EXAMPLE_OPTIONS_H
#define EXAMPLE_OPTIONS_H

#include "ns3/address.h"
#include "ns3/nstime.h"

#include <boost/program_options.hpp>
#include <cstdint>
#include <functional>
#include <iostream>
#include <set>
#include <string>

/// The value of an option.
struct OptionValue
{
    std::string placeholder; //!< what --help calls it
    std::string initial;     //!< the default, or nothing

    /// Takes the value, or throws.
    std::function<void(const std::string&)> take;

    std::string alias{}; //!< another name of the option, or nothing
};

/**
 * @param variable receives the value; its initial value is the default
 * @param min the smallest valid value
 * @param max the largest valid value
 * @return a whole number, such as 1500, 64k, 100M or 1G (powers of 1000)
 */
OptionValue Number(uint64_t& variable, uint64_t min, uint64_t max);

/**
 * @param variable receives the value; its initial value is the default
 * @return a time of 1ns to 24h, such as 200ms or, in seconds, 0.2
 */
OptionValue Duration(ns3::Time& variable);

/**
 * @param variable receives the value
 * @return an IPv4 or IPv6 unicast address
 */
OptionValue UnicastAddress(ns3::Address& variable);

/**
 * @param placeholder what --help calls the value
 * @param variable receives the value; its initial value is the default
 * @return any text except the empty one
 */
OptionValue Text(const std::string& placeholder, std::string& variable);

/**
 * @param attribute an ns-3 attribute, as ns3::LoNetDevice::Mtu
 * @param max the largest valid value, of a number above 0 that ns-3 does not limit itself
 * @return the attribute's default value, by the name of the option and by the attribute's own
 */
OptionValue AttributeDefault(const std::string& attribute, uint64_t max = 0);

/**
 * The options of a program, from its command line and from the file that --config names.
 *
 * A wrong option or value is an exception that names it. A variable keeps its value if its option
 * is not given. ns-3's attribute defaults (--ns3::LoNetDevice::Mtu=1500) and global values
 * (--RngRun=3) are options of every program.
 *
 * @code
 *   uint64_t count = 5;
 *   std::string json;
 *   ExampleOptions options("Usage: lo-ping [OPTION]...\n");
 *   options.Add("count", Number(count, 1, 65535), "requests to send");
 *   options.AddFile("json", json, "write counters to FILE");
 *   options.Read(argc, argv);
 *   options.GetReport() << ...;
 *   WriteFile(json, ...);
 * @endcode
 *
 * A program must call Config::SetDefault before Read, so that the user's value wins.
 */
class ExampleOptions
{
  public:
    /**
     * @param usage what --help prints before the options
     * @param positional the option that needs no name; empty for none
     */
    explicit ExampleOptions(const std::string& usage, const std::string& positional = "");

    /**
     * Add an option.
     * @param name the option
     * @param value its value
     * @param help what --help says about it
     */
    void Add(const std::string& name, const OptionValue& value, const std::string& help);

    /**
     * Add an option that names a file to write; "-" is stdout. A file that cannot be written, or
     * that another option writes, is an error.
     * @param name the option
     * @param variable receives the name
     * @param help what --help says about it
     */
    void AddFile(const std::string& name, std::string& variable, const std::string& help);

    /**
     * Add --plot, which names the two files that WritePlot writes. Check them as AddFile does.
     * @param variable receives the prefix of their names
     * @param rows what --help says about the CSV
     */
    void AddPlot(std::string& variable, const std::string& rows);

    /**
     * Read the command line, and the file that --config names: there, the command line wins.
     * After --help the program ends.
     * @param argc main's argument
     * @param argv main's argument
     */
    void Read(int argc, char* argv[]);

    /**
     * @return where to print results: stderr if a file takes stdout, otherwise stdout
     */
    std::ostream& GetReport() const;

  private:
    /**
     * Add the attributes and global values of ns-3 that are given. Throw if ns-3 has no such.
     * @param parsed what is given; it refers to the added options afterwards
     */
    void AddNs3Options(boost::program_options::parsed_options& parsed);

    /**
     * Throw unless a file can be written, and no other option writes it.
     * @param path name of the file
     */
    void Claim(const std::string& path);

    std::string m_usage;           //!< begins --help
    std::string m_positional;      //!< the option that needs no name
    std::set<std::string> m_files; //!< files that options name
    boost::program_options::options_description m_options{"Options", 100}; //!< the options
};

/**
 * Write a file as a whole. Throw unless that succeeds.
 * @param path name of the file, "-" for stdout, or nothing to write none
 * @param text what to write
 */
void WriteFile(const std::string& path, const std::string& text);

/**
 * Throw unless a file can be written. The file stays as it is.
 * @param path name of the file; nothing is checked if it is empty or "-"
 */
void CheckWritable(const std::string& path);

#endif /* EXAMPLE_OPTIONS_H */
