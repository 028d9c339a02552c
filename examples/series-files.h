/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef SERIES_FILES_H
#define SERIES_FILES_H

#include "plot-file.h"
#include "series-options.h"
#include "whole-file.h"

#include <optional>
#include <string>

/**
 * The CSV file and the gnuplot script that a program was asked for. That one can not be written
 * comes as a ProgramError, before the simulation where that can be seen.
 */
class SeriesFiles
{
  public:
    /**
     * @param options which of them
     * @param title what stands above the picture
     * @param yLabel what stands beside it
     */
    SeriesFiles(const SeriesOptions& options, const std::string& title, const std::string& yLabel);

    /**
     * Make them.
     * @tparam Log has WriteSeries(std::ostream&) and Draw(PlotFile&)
     * @param log what is to be in them
     */
    template <typename Log>
    void Write(const Log& log);

  private:
    std::optional<WholeFile> m_series; //!< the CSV file
    std::optional<PlotFile> m_plot;    //!< the gnuplot script
};

template <typename Log>
void
SeriesFiles::Write(const Log& log)
{
    if (m_series)
    {
        log.WriteSeries(m_series->GetStream());
        m_series->Close();
    }
    if (m_plot)
    {
        log.Draw(*m_plot);
        m_plot->Close();
    }
}

#endif /* SERIES_FILES_H */
