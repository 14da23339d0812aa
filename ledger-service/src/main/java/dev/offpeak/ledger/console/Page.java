package dev.offpeak.ledger.console;

/**
 * What is between the head and the foot.
 *
 * @param under the address of the page of the navigation that it belongs to
 * @param title what it is called
 * @param body the rest
 */
record Page(String under, String title, Markup body) {}
