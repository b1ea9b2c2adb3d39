namespace Calf.Store;

/// <summary>The data folder cannot be used. The message is a sentence for the person at the console.</summary>
public sealed class StoreException(string message, Exception? inner = null) : Exception(message, inner);
