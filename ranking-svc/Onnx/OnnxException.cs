namespace Splitrail.RankingSvc.Onnx;

/// <summary>ONNX Runtime refused something; the message is its own, after what was being done.</summary>
public sealed class OnnxException(string message) : Exception(message);
