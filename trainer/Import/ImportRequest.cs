namespace Splitrail.Trainer.Import;

/// <param name="Data">File or folder to read.</param>
/// <param name="Format">One of <see cref="ImportFormats.Names"/>.</param>
/// <param name="Out">Folder of the dataset to write; replaced when it holds one.</param>
/// <param name="Map">Field to column, for formats that take a map.</param>
/// <param name="ShiftToNow">Move all times by whole days, so that the last event is less than a day old.</param>
internal sealed record ImportRequest(string Data, string Format, string Out, IReadOnlyDictionary<string, string> Map, bool ShiftToNow);
