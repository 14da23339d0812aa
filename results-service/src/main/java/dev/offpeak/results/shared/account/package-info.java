/** The configured accounts, with their adapters. */
@NullMarked
package dev.offpeak.results.shared.account;

import org.jspecify.annotations.NullMarked;
