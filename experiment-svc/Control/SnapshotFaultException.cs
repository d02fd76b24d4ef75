namespace Splitrail.ExperimentSvc.Control;

/// <summary>A composed snapshot breaks a rule that no edit may break: the edit is rolled back, what is served stays.</summary>
internal sealed class SnapshotFaultException(IReadOnlyList<string> faults) : Exception(string.Join("; ", faults));
