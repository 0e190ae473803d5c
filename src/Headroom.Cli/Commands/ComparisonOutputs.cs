using Headroom.Audit.Comparisons.Rows;
using Headroom.Audit.Reading;
using Headroom.Audit.Report;
using Headroom.Cli.Rendering;

namespace Headroom.Cli.Commands;

/// <summary>Where the result of a comparison goes.</summary>
internal sealed record ComparisonOutputs(bool JsonToOutput, string? JsonFile, string? CsvFile, string? ReportFile)
{
    public string? First => JsonFile ?? CsvFile ?? ReportFile;

    public void Check(IReadOnlyList<string> inputs)
    {
        string[] files = [.. new[] { JsonFile, CsvFile, ReportFile }.OfType<string>()];
        if (files.Select(WholeFile.Resolve).Distinct().Count() < files.Length)
        {
            throw new InputException(new Mark(files[0], 0, 0), "is named for two outputs; each needs a file of its own");
        }

        foreach (string file in new[] { JsonFile, CsvFile }.OfType<string>())
        {
            WholeFile.Check(file, inputs);
        }

        if (ReportFile is not null)
        {
            ReportWriter.Check(ReportFile, inputs);
        }
    }

    public void Write(ComparisonResult result, IReadOnlyList<string> inputs)
    {
        byte[] json = ComparisonJson.Write(result);
        if (JsonFile is not null)
        {
            WholeFile.Write(JsonFile, json);
        }

        if (CsvFile is not null)
        {
            WholeFile.Write(CsvFile, ComparisonCsv.Write(result));
        }

        if (ReportFile is not null)
        {
            ReportWriter.Write(ReportFile, ComparisonPage.Of(result), inputs);
        }

        if (JsonToOutput)
        {
            using Stream output = Console.OpenStandardOutput();
            output.Write(json);
        }
        else
        {
            ComparisonTable.Print(result);
        }

        TextWriter say = JsonToOutput ? Console.Error : Console.Out;
        foreach ((string what, string? file) in new[] { ("json", JsonFile), ("csv", CsvFile), ("report", ReportFile) })
        {
            if (file is not null)
            {
                say.WriteLine($"{what}: {file}");
            }
        }
    }
}
