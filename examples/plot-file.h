/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PLOT_FILE_H
#define PLOT_FILE_H

#include "whole-file.h"

#include "ns3/gnuplot.h"
#include "ns3/nstime.h"

#include <string>

/**
 * PREFIX.plt, of which `gnuplot PREFIX.plt` makes the picture PREFIX.png: something over simulated
 * time, with spans of time marked. That it can not be written comes as a ProgramError.
 */
class PlotFile
{
  public:
    /**
     * @param prefix name of the files, without .plt and .png
     * @param title what stands above the picture
     * @param yLabel what stands beside it
     */
    PlotFile(const std::string& prefix, const std::string& title, const std::string& yLabel);

    /**
     * @return what the picture shows, to be added to
     */
    ns3::Gnuplot& GetPlot();

    /**
     * Colour a span of time.
     * @param from its beginning
     * @param to its end
     * @param colour in gnuplot's words
     * @param label what stands above it
     */
    void Mark(ns3::Time from, ns3::Time to, const std::string& colour, const std::string& label);

    /// Make PREFIX.plt.
    void Close();

  private:
    WholeFile m_file;    //!< PREFIX.plt
    ns3::Gnuplot m_plot; //!< what is to be in it
};

#endif /* PLOT_FILE_H */
