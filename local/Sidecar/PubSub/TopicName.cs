namespace Splitrail.Local.Sidecar.PubSub;

internal readonly record struct TopicName(string PubsubName, string Topic);
