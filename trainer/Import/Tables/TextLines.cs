using Splitrail.Trainer.Terminal;

namespace Splitrail.Trainer.Import.Tables;

/// <summary>The lines of a file that are not blank, with their numbers.</summary>
internal static class TextLines
{
    /// <exception cref="InputException">The file cannot be read to its end.</exception>
    public static IEnumerable<(long Number, string Text)> Of(SourceFile file, IWorkLog log)
    {
        using var step = log.Step($"reading {file.Name}");
        using var text = file.OpenText(step);
        for (var number = 1L; Next(file, text, number) is { } line; number++)
        {
            if (!string.IsNullOrWhiteSpace(line)) yield return (number, line);
        }
    }

    private static string? Next(SourceFile file, TextReader text, long number)
    {
        try
        {
            return text.ReadLine();
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new InputException($"{file.Path} cannot be read at line {number}: {e.Message}; is the file cut or damaged?", e);
        }
    }
}
