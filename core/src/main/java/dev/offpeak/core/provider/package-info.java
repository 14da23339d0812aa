/**
 * What a provider can show of its files and jobs, the ways in which a call to it fails, and what
 * can be done about a create whose answer is lost: the words in which adapters answer and in which
 * the rules of jobs decide.
 */
@NullMarked
package dev.offpeak.core.provider;

import org.jspecify.annotations.NullMarked;
